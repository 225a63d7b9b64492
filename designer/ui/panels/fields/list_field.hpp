// Editors of values that hold others: an object with its members, and a list whose items can be added, removed, moved.
#pragma once

#include <QLabel>
#include <QToolButton>
#include <vector>

#include "designer/ui/panels/fields/field_editor.hpp"

class QVBoxLayout;

namespace weir::designer {

class FormView;

class ObjectField : public FieldEditor {
  Q_OBJECT

 public:
  explicit ObjectField(QWidget* parent);
  void show(const FormField& field, const FieldScene& scene) override;

 private:
  FormView* form_;
};

// One item: a row with what it says in short, which opens to its fields.
// What an item holds, in one line: its end is left out where there is no room.
class ListHead : public QToolButton {
  Q_OBJECT

 public:
  using QToolButton::QToolButton;

  void setWords(const QString& words);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void fit();

  QString words_;
};

class ListItem : public QWidget {
  Q_OBJECT

 public:
  explicit ListItem(QWidget* parent);

  void show(const std::vector<FormField>& fields, const FieldScene& scene, bool first, bool last);
  using QWidget::show;
  void setOpen(bool open);
  bool isOpen() const { return open_; }
  // Puts the cursor into its first field.
  void edit();

 Q_SIGNALS:
  void edited(const std::string& path, const weir::json::Value& value);
  void fileNamed(const std::string& path, const std::string& written, const QString& file);
  void finished();
  void moved(int by);
  void removed();

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void showWords();

  QStringList words_;
  ListHead* head_;
  QToolButton* up_;
  QToolButton* down_;
  QToolButton* remove_;
  FormView* form_;
  bool open_ = false;
};

class ListField : public FieldEditor {
  Q_OBJECT

 public:
  explicit ListField(QWidget* parent);
  void show(const FormField& field, const FieldScene& scene) override;

  const std::vector<ListItem*>& items() const { return items_; }
  QToolButton& addButton() { return *add_; }

 private:
  void add();
  void move(std::size_t from, int by);
  void remove(std::size_t index);
  void emitList(json::Value list);

  QVBoxLayout* rows_;
  QToolButton* add_;
  std::vector<ListItem*> items_;
  FormField field_;
  int openNext_ = -1;  // the item that was just added
};

}  // namespace weir::designer
