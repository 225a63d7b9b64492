#include "designer/ui/panels/fields/schema_field.hpp"

#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "core/base/type_name.hpp"
#include "designer/ui/theme/icons.hpp"
#include "designer/ui/theme/theme.hpp"
#include "designer/ui/widgets/icon_button.hpp"

namespace weir::designer {

namespace {

constexpr int kMostRows = 8;  // more of them scroll

QFont fontOfCell(const QModelIndex& index) {
  const QVariant own = index.data(Qt::FontRole);
  return own.isValid() ? own.value<QFont>() : fontOf(FontRole::Body);
}

// Types are chosen, or typed where they have parts: decimal(12,2), list<string>.
class TypeDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    if (index.column() != SchemaModel::kType) {
      QWidget* const line = QStyledItemDelegate::createEditor(parent, option, index);
      line->setFont(fontOfCell(index));
      return line;
    }
    auto* const box = new QComboBox(parent);
    box->setFont(fontOfCell(index));
    box->setEditable(true);
    box->setFrame(false);
    box->addItems(
        {"string", "int64", "int32", "float64", "decimal(12,2)", "bool", "timestamp", "date", "bytes", "list<string>"});
    return box;
  }
  void setEditorData(QWidget* editor, const QModelIndex& index) const override {
    auto* const box = qobject_cast<QComboBox*>(editor);
    if (box == nullptr) return QStyledItemDelegate::setEditorData(editor, index);
    box->setEditText(index.data().toString());
    box->lineEdit()->selectAll();  // as in other cells: what is typed takes the place of what was there
  }
  void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override {
    if (auto* const box = qobject_cast<QComboBox*>(editor)) {
      model->setData(index, box->currentText(), Qt::EditRole);
      return;
    }
    QStyledItemDelegate::setModelData(editor, model, index);
  }
  // Over the cells behind it, where a type is longer than its own.
  void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const override {
    QStyledItemDelegate::updateEditorGeometry(editor, option, index);
    if (index.column() != SchemaModel::kType || sizeHint(option, index).width() <= option.rect.width()) return;
    editor->resize(editor->parentWidget()->width() - editor->x(), editor->height());
  }

 protected:
  void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
    QStyledItemDelegate::initStyleOption(option, index);
    if (index.column() != SchemaModel::kType || parseType(index.data().toString().toStdString())) return;
    for (const QPalette::ColorRole role : {QPalette::Text, QPalette::HighlightedText}) {
      option->palette.setColor(role, themeOf(option->widget).colors.error);
    }
  }
};

// Tab goes through the cells of all rows and then on, past the box that is ticked rather than typed into.
class ColumnsTable : public QTableView {
 public:
  using QTableView::QTableView;

  void reset() override {
    QTableView::reset();
    fitColumns();
  }

 protected:
  void dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>& roles) override {
    QTableView::dataChanged(topLeft, bottomRight, roles);
    fitColumns();
  }
  void resizeEvent(QResizeEvent* event) override {
    QTableView::resizeEvent(event);
    fitColumns();
  }
  bool focusNextPrevChild(bool next) override {
    if (currentIndex().column() != SchemaModel::kNullable) return QTableView::focusNextPrevChild(next);
    setCurrentIndex(currentIndex().siblingAtColumn(next ? SchemaModel::kDoc : SchemaModel::kType));
    edit(currentIndex());
    return true;
  }
  void closeEditor(QWidget* editor, QAbstractItemDelegate::EndEditHint hint) override {
    const QModelIndex at = currentIndex();
    const bool last = at.row() + 1 == model()->rowCount() && at.column() == SchemaModel::kDoc;
    const bool first = at.row() == 0 && at.column() == SchemaModel::kName;
    const bool leaves = (hint == QAbstractItemDelegate::EditNextItem && last) ||
                        (hint == QAbstractItemDelegate::EditPreviousItem && first);
    QTableView::closeEditor(editor, leaves ? QAbstractItemDelegate::NoHint : hint);
    if (leaves) focusNextPrevChild(last);
  }

 private:
  // However long a type is, everything stays in sight; its end is in the tooltip.
  void fitColumns() {
    QHeaderView& header = *horizontalHeader();
    if (header.count() == 0) return;
    const int shared =
        viewport()->width() - header.sectionSize(SchemaModel::kNullable) - header.sectionSize(SchemaModel::kDoc);
    const int wanted = qMax(sizeHintForColumn(SchemaModel::kType), header.sectionSizeHint(SchemaModel::kType));
    header.resizeSection(SchemaModel::kType,
                         qMin(wanted, qMax(shared / 2, shared - sizeHintForColumn(SchemaModel::kName))));
  }
};

}  // namespace

SchemaField::SchemaField(QWidget* parent) : FieldEditor(parent), table_(new ColumnsTable) {
  table_->setModel(&model_);
  table_->setItemDelegate(new TypeDelegate(table_));
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                          QAbstractItemView::AnyKeyPressed);
  table_->setShowGrid(false);
  table_->setTabKeyNavigation(false);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setMinimumSectionSize(control::kTableRow);  // first: the default may not be less
  table_->verticalHeader()->setDefaultSectionSize(control::kTableRow);
  table_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  QHeaderView* const header = table_->horizontalHeader();
  header->setHighlightSections(false);
  header->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
  // Names and types are what people read here; a note shows whole in its tooltip.
  header->setSectionResizeMode(QHeaderView::Interactive);
  header->setSectionResizeMode(SchemaModel::kName, QHeaderView::Stretch);
  header->setSectionResizeMode(SchemaModel::kNullable, QHeaderView::ResizeToContents);
  header->resizeSection(SchemaModel::kDoc, header->sectionSizeHint(SchemaModel::kDoc));
  setFocusProxy(table_);

  QToolButton* const addOne = makeIconButton(QStringLiteral("plus"), tr("Add a column"));
  up_ = makeIconButton(QStringLiteral("chevron-up"), tr("Move up"));
  down_ = makeIconButton(QStringLiteral("chevron-down"), tr("Move down"));
  remove_ = makeIconButton(QStringLiteral("x"), tr("Remove the column"));
  connect(addOne, &QToolButton::clicked, this, &SchemaField::add);
  connect(up_, &QToolButton::clicked, this, [this] { move(-1); });
  connect(down_, &QToolButton::clicked, this, [this] { move(1); });
  connect(remove_, &QToolButton::clicked, this, &SchemaField::remove);
  connect(&model_, &SchemaModel::changed, this, &SchemaField::emitList);
  connect(table_->selectionModel(), &QItemSelectionModel::currentChanged, this, &SchemaField::updateButtons);

  auto* const layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(space::kTiny);
  layout->addWidget(table_);
  auto* const row = new QHBoxLayout;
  row->setSpacing(0);
  row->addWidget(addOne);
  row->addStretch();
  for (QToolButton* const one : {up_, down_, remove_}) row->addWidget(one);
  layout->addLayout(row);
}

void SchemaField::show(const FormField& field, const FieldScene& /*scene*/) {
  path_ = field.path;
  table_->setAccessibleName(accessibleName());
  const int current = table_->currentIndex().row();
  model_.setList(field.value);
  if (!table_->currentIndex().isValid() && current >= 0 && model_.rowCount() > 0) {
    table_->setCurrentIndex(model_.index(qMin(current, model_.rowCount() - 1), 0));
  }
  const int rows = qBound(1, model_.rowCount(), kMostRows);
  table_->setFixedHeight(control::kHeaderHeight + rows * control::kTableRow + 2 * table_->frameWidth());
  updateButtons();
}

void SchemaField::updateButtons() {
  const int row = table_->currentIndex().row();
  up_->setEnabled(row > 0);
  down_->setEnabled(row >= 0 && row + 1 < model_.rowCount());
  remove_->setEnabled(row >= 0);
}

void SchemaField::emitList(const json::Value& list) {
  const std::string path = path_;
  Q_EMIT edited(path, list.items().empty() ? json::Value() : list);
  Q_EMIT finished();
}

void SchemaField::add() {
  json::Value list = model_.list();
  json::Value column = json::Value::object();
  column.set("name", json::Value::text("column_" + std::to_string(list.items().size() + 1)));
  column.set("type", json::Value::text("string"));
  list.items().push_back(std::move(column));
  emitList(list);
  const QModelIndex added = model_.index(model_.rowCount() - 1, SchemaModel::kName);
  table_->setCurrentIndex(added);
  table_->edit(added);
}

void SchemaField::remove() {
  const int row = table_->currentIndex().row();
  if (row < 0) return;
  json::Value list = model_.list();
  list.items().erase(list.items().begin() + row);
  emitList(list);
}

void SchemaField::move(int by) {
  const QModelIndex current = table_->currentIndex();
  const int to = current.row() + by;
  if (!current.isValid() || to < 0 || to >= model_.rowCount()) return;
  json::Value list = model_.list();
  std::swap(list.items()[static_cast<std::size_t>(current.row())], list.items()[static_cast<std::size_t>(to)]);
  emitList(list);
  table_->setCurrentIndex(model_.index(to, current.column()));
}

}  // namespace weir::designer
