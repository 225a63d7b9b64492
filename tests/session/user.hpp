// Somebody in front of the screen: moves the mouse and types, through the X server and nothing else.
//
// Lives in a thread of its own, so that menus, dialogs and drags, which have event loops of their own, do not stop it.
// All functions belong to that thread; what they are given to look at the screen runs in the thread of the windows.
#pragma once

#include <QPoint>
#include <QString>
#include <QStringList>
#include <functional>
#include <optional>

class User {
 public:
  // A point of the screen; nothing while what is looked for is not to be seen.
  using Where = std::function<std::optional<QPoint>()>;

  // Thrown when something does not come; its text says what was waited for.
  struct GaveUp {
    QString why;
  };

  // A button stays down as long as a hand holds it.
  void click(const QString& what, const Where& where);
  void doubleClick(const QString& what, const Where& where);
  // Three times, which selects a line of text.
  void tripleClick(const QString& what, const Where& where);
  void scroll(const QString& what, const Where& where, bool down);
  void drag(const QString& what, const Where& from, const Where& to);

  void type(const QString& text);
  // The same and Enter.
  void enter(const QString& text);
  // As xdotool names them: "ctrl+s", "Return", "Tab".
  void press(const QString& keys, int times = 1);

  // Looks again and again until it is true.
  void waitFor(const QString& what, const std::function<bool()>& isTrue) const;
  // Once.
  bool sees(const std::function<bool()>& isTrue) const;
  QPoint find(const QString& what, const Where& where) const;

 private:
  void pointAt(const QString& what, const Where& where, const QStringList& then);
  void doIt(const QStringList& commands) const;
};
