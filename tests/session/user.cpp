#include "tests/session/user.hpp"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QProcess>
#include <QThread>

namespace {

constexpr int kLimit = 30'000;  // milliseconds
constexpr int kBetweenLooks = 2;
constexpr const char* kLeft = "1";
constexpr const char* kHeld = "0.13";  // seconds: people do not let go sooner
constexpr const char* kBetweenClicks = "0.08";

QStringList moveTo(QPoint at) {
  return {"mousemove", QString::number(at.x()), QString::number(at.y())};
}

QStringList clicks(const QString& button, int times) {
  QStringList commands;
  for (int i = 0; i < times; ++i) {
    if (i > 0) commands += {"sleep", kBetweenClicks};
    commands += {"mousedown", button, "sleep", kHeld, "mouseup", button};
  }
  return commands;
}

}  // namespace

void User::doIt(const QStringList& commands) const {
  QProcess tool;
  tool.setProcessChannelMode(QProcess::MergedChannels);
  tool.start("xdotool", commands);
  if (!tool.waitForFinished(kLimit) || tool.exitCode() != 0) {
    throw GaveUp{"xdotool " + commands.join(' ') + ": " + tool.errorString() + " " +
                 QString::fromLocal8Bit(tool.readAll())};
  }
}

bool User::sees(const std::function<bool()>& isTrue) const {
  bool seen = false;
  QMetaObject::invokeMethod(
      QCoreApplication::instance(), [&] { seen = isTrue(); }, Qt::BlockingQueuedConnection);
  return seen;
}

void User::waitFor(const QString& what, const std::function<bool()>& isTrue) const {
  const QDeadlineTimer limit(kLimit);
  while (!sees(isTrue)) {
    if (limit.hasExpired()) throw GaveUp{"this did not come: " + what};
    QThread::msleep(kBetweenLooks);
  }
}

QPoint User::find(const QString& what, const Where& where) const {
  std::optional<QPoint> found;
  // Nobody clicks what is still moving: it has to be in one place for two looks.
  waitFor(what + " on the screen", [&] {
    const std::optional<QPoint> before = std::exchange(found, where());
    return found.has_value() && found == before;
  });
  return *found;
}

void User::pointAt(const QString& what, const Where& where, const QStringList& then) {
  doIt(moveTo(find(what, where)) + then);
}

void User::click(const QString& what, const Where& where) {
  pointAt(what, where, clicks(kLeft, 1));
}

void User::doubleClick(const QString& what, const Where& where) {
  pointAt(what, where, clicks(kLeft, 2));
}

void User::tripleClick(const QString& what, const Where& where) {
  pointAt(what, where, clicks(kLeft, 3));
}

void User::scroll(const QString& what, const Where& where, bool down) {
  pointAt(what, where, {"click", down ? "5" : "4"});
}

void User::drag(const QString& what, const Where& from, const Where& to) {
  const QPoint start = find(what, from);
  const QPoint end = find("where to drag " + what, to);
  constexpr int kSteps = 8;
  doIt(moveTo(start) + QStringList{"mousedown", kLeft, "sleep", kHeld});
  for (int step = 1; step <= kSteps; ++step) {
    doIt(moveTo(start + (end - start) * step / kSteps));
    // Somebody looks where it goes: moves that nobody has seen yet are taken for one.
    sees([] { return true; });
  }
  doIt({"sleep", kHeld, "mouseup", kLeft});
}

void User::type(const QString& text) {
  doIt({"type", "--delay", "2", text});
}

void User::enter(const QString& text) {
  type(text);
  press("Return");
}

void User::press(const QString& keys, int times) {
  doIt({"key", "--repeat", QString::number(times), "--delay", "2", keys});
}
