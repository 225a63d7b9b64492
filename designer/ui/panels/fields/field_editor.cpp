#include "designer/ui/panels/fields/field_editor.hpp"

#include "designer/ui/panels/fields/combo_field.hpp"
#include "designer/ui/panels/fields/expression_field.hpp"
#include "designer/ui/panels/fields/line_fields.hpp"
#include "designer/ui/panels/fields/list_field.hpp"
#include "designer/ui/panels/fields/schema_field.hpp"

namespace weir::designer {

// A child that has the focus loses it when it goes, and would say so to what is hardly here any more.
FieldEditor::~FieldEditor() {
  for (QObject* const child : findChildren<QObject*>()) child->disconnect(this);
}

EditorKind editorKind(const FormField& field) {
  using catalog::ParamType;
  if (field.spec == nullptr) return EditorKind::Kept;
  if (field.spec->secret) return EditorKind::Secret;
  const json::Value& value = field.value;
  switch (field.spec->type) {
    case ParamType::Text: return field.spec->name == "doc" ? EditorKind::Note : EditorKind::Line;
    case ParamType::Integer:
    case ParamType::Number:
    case ParamType::Duration: return EditorKind::Line;
    // A reference (${param:follow}) is a text, which no box can be ticked for.
    case ParamType::Boolean: return value.isText() ? EditorKind::Line : EditorKind::Check;
    case ParamType::Choice: return EditorKind::Choice;
    case ParamType::Field: return EditorKind::Column;
    case ParamType::Fields: return EditorKind::Columns;
    case ParamType::Expression: return EditorKind::Expression;
    case ParamType::Format: return value.isObject() ? EditorKind::Json : EditorKind::Format;  // with parameters
    case ParamType::Path: return EditorKind::Path;
    case ParamType::List: return value.isNull() || value.isList() ? EditorKind::List : EditorKind::Json;
    case ParamType::Object: return value.isNull() || value.isObject() ? EditorKind::Object : EditorKind::Json;
    case ParamType::Schema: return value.isNull() || value.isList() ? EditorKind::Schema : EditorKind::Json;
    case ParamType::Any: return EditorKind::Json;
  }
  return EditorKind::Json;
}

FieldEditor* makeEditor(EditorKind kind, QWidget* parent) {
  switch (kind) {
    case EditorKind::Check: return new CheckField(parent);
    case EditorKind::Choice:
    case EditorKind::Format:
    case EditorKind::Column: return new ComboField(kind, parent);
    case EditorKind::Note:
    case EditorKind::Expression: return new ExpressionField(kind, parent);
    case EditorKind::Object: return new ObjectField(parent);
    case EditorKind::List: return new ListField(parent);
    case EditorKind::Schema: return new SchemaField(parent);
    default: return new LineField(kind, parent);
  }
}

}  // namespace weir::designer
