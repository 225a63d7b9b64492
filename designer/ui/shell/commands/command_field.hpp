// The line at the right of the tool bar: type what you want, press Enter.
#pragma once

#include <QPointer>

#include "designer/ui/shell/commands/command_list.hpp"
#include "designer/ui/widgets/search_field.hpp"

namespace weir::designer {

class ActionRegistry;

class CommandField : public SearchField {
  Q_OBJECT

 public:
  // More to choose from than commands: what fits the typed words.
  using Source = std::function<QList<Command>(const QString& typed)>;

  CommandField(ActionRegistry& actions, QWidget* window);

  void addSource(Source source) { sources_.push_back(std::move(source)); }
  const CommandList& list() const { return *list_; }

 public Q_SLOTS:
  void begin();  // as Ctrl+K: everything that can be done, and the focus here

 protected:
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  QList<Command> commands(const QString& typed) const;
  void refresh();
  void runCurrent();
  void end();  // gives the focus back

  ActionRegistry& actions_;
  CommandList* list_;
  QList<Source> sources_;
  QPointer<QWidget> before_;  // had the focus
};

}  // namespace weir::designer
