#include "designer/ui/panels/fields/schema_field.hpp"

#include <QComboBox>
#include <QHeaderView>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "designer/ui/theme/icons.hpp"
#include "designer/ui/widgets/icon_button.hpp"

namespace weir::designer {

namespace {

constexpr int kMostRows = 8;  // more of them scroll

// Types are chosen, or typed where they have parts: decimal(12,2), list<string>.
class TypeDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    if (index.column() != SchemaModel::kType) return QStyledItemDelegate::createEditor(parent, option, index);
    auto* const box = new QComboBox(parent);
    box->setEditable(true);
    box->setFrame(false);
    box->addItems(
        {"string", "int64", "int32", "float64", "decimal(12,2)", "bool", "timestamp", "date", "bytes", "list<string>"});
    return box;
  }
  void setEditorData(QWidget* editor, const QModelIndex& index) const override {
    if (auto* const box = qobject_cast<QComboBox*>(editor)) return box->setEditText(index.data().toString());
    QStyledItemDelegate::setEditorData(editor, index);
  }
  void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override {
    if (auto* const box = qobject_cast<QComboBox*>(editor)) {
      model->setData(index, box->currentText(), Qt::EditRole);
      return;
    }
    QStyledItemDelegate::setModelData(editor, model, index);
  }
};

}  // namespace

SchemaField::SchemaField(QWidget* parent) : FieldEditor(parent), table_(new QTableView) {
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
  header->setSectionResizeMode(QHeaderView::ResizeToContents);
  header->setSectionResizeMode(SchemaModel::kName, QHeaderView::Stretch);
  header->setSectionResizeMode(SchemaModel::kDoc, QHeaderView::Interactive);
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
