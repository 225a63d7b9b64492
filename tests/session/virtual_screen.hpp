// An X server without a monitor, for a test of its own.
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QSize>

// Ends its server when it goes.
class VirtualScreen {
 public:
  explicit VirtualScreen(QSize size);
  ~VirtualScreen();

  // What DISPLAY has to be; empty: it did not start, see error().
  const QByteArray& display() const { return display_; }
  const QString& error() const { return error_; }

 private:
  QProcess server_;
  QByteArray display_;
  QString error_;
};
