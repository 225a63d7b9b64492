#include "tests/session/virtual_screen.hpp"

namespace {

constexpr int kLimit = 30'000;  // milliseconds

}  // namespace

VirtualScreen::VirtualScreen(QSize size) {
  const QString mode = QString("%1x%2x24").arg(size.width()).arg(size.height());
  // It chooses a number that is free and writes it to its standard output.
  server_.start("Xvfb", {"-displayfd", "1", "-screen", "0", mode, "-nolisten", "tcp"});
  while (server_.state() != QProcess::NotRunning && !display_.endsWith('\n')) {
    if (!server_.waitForReadyRead(kLimit)) break;
    display_ += server_.readAllStandardOutput();
  }
  if (display_.endsWith('\n')) {
    display_ = ':' + display_.trimmed();
  } else {
    display_.clear();
    error_ = "Xvfb did not start (is the package xvfb installed?): " + server_.errorString() + " " +
             QString::fromLocal8Bit(server_.readAllStandardError());
  }
}

VirtualScreen::~VirtualScreen() {
  server_.terminate();
  if (!server_.waitForFinished(kLimit)) server_.kill();
  server_.waitForFinished(kLimit);
}
