#include "designer/ui/panels/fields/schema_model.hpp"

#include "designer/model/help/form.hpp"
#include "designer/ui/theme/theme.hpp"

namespace weir::designer {

namespace {

const char* memberOf(int column) {
  switch (column) {
    case SchemaModel::kName: return "name";
    case SchemaModel::kType: return "type";
    case SchemaModel::kNullable: return "nullable";
    default: return "doc";
  }
}

}  // namespace

void SchemaModel::setList(const json::Value& list) {
  const json::Value next = list.isList() ? list : json::Value::list();
  if (next == list_) return;
  // Rows that stay keep their editor and selection.
  if (next.items().size() == list_.items().size()) {
    list_ = next;
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
    return;
  }
  beginResetModel();
  list_ = next;
  endResetModel();
}

int SchemaModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(list_.items().size());
}

int SchemaModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QVariant SchemaModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const json::Value& column = list_.items()[static_cast<std::size_t>(index.row())];
  const json::Value* const value = column.find(memberOf(index.column()));
  if (index.column() == kNullable) {
    const bool nullable = value == nullptr || value->asBoolean();
    if (role == Qt::CheckStateRole) return nullable ? Qt::Checked : Qt::Unchecked;
    if (role == Qt::AccessibleTextRole) return nullable ? tr("may be null") : tr("never null");
    return {};
  }
  if (role == Qt::FontRole && index.column() != kDoc) return fontOf(FontRole::Code);
  if (role == Qt::ToolTipRole || role == Qt::DisplayRole || role == Qt::EditRole) {
    return value == nullptr ? QString() : shownValue(*value);
  }
  return {};
}

bool SchemaModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  json::Value next = list_;
  json::Value& column = next.items()[static_cast<std::size_t>(index.row())];
  if (index.column() == kNullable) {
    if (role != Qt::CheckStateRole) return false;
    column.set("nullable", json::Value::boolean(value.toInt() == Qt::Checked));
  } else {
    if (role != Qt::EditRole) return false;
    const std::string text = value.toString().trimmed().toStdString();
    const char* const member = memberOf(index.column());
    if (text.empty() && index.column() == kDoc) {
      std::erase_if(column.members(), [&](const json::Member& one) { return one.name == member; });
    } else {
      column.set(member, json::Value::text(text));
    }
  }
  if (next == list_) return false;
  Q_EMIT changed(next);
  return true;
}

Qt::ItemFlags SchemaModel::flags(const QModelIndex& index) const {
  const Qt::ItemFlags all = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
  return all | (index.column() == kNullable ? Qt::ItemIsUserCheckable : Qt::ItemIsEditable);
}

QVariant SchemaModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::ToolTipRole && section == kNullable) return tr("Whether a value may be missing");
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case kName: return tr("Name");
    case kType: return tr("Type");
    case kNullable: return tr("Null");
    default: return tr("Note");
  }
}

}  // namespace weir::designer
