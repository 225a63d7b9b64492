// `weir` as people call it, with the plugins that ship.
#pragma once

#include <QByteArray>
#include <QFile>
#include <QProcess>
#include <QStringList>
#include "tests/program/places.hpp"

namespace weir::testing {

struct Outcome {
  int status = -1;  // -1: it did not end by itself
  QByteArray out;
  QByteArray error;
};

inline Outcome callWeir(const QStringList& arguments) {
  QProcess process;
  process.start(weir::places::inBuild("bin/weir"), arguments);
  process.waitForFinished();
  return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
          process.readAllStandardError()};
}

inline QByteArray contents(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
}

}  // namespace weir::testing
