#include "designer/ui/panels/inspector/inspector_panel.hpp"

#include <QApplication>
#include <QKeyEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>

#include "designer/model/help/data_file.hpp"
#include "designer/model/help/form_several.hpp"
#include "designer/model/help/form_topology.hpp"
#include "designer/ui/panels/fields/list_field.hpp"
#include "designer/ui/panels/inspector/docs_view.hpp"
#include "designer/ui/panels/inspector/inspector_head.hpp"
#include "designer/ui/panels/inspector/schema_view.hpp"
#include "designer/ui/panels/inspector/tab_stops.hpp"
#include "designer/ui/panels/panel/selection_words.hpp"
#include "designer/ui/theme/icons.hpp"
#include "designer/ui/widgets/labels.hpp"
#include "designer/ui/widgets/scroll_column.hpp"

namespace weir::designer {

InspectorPanel::InspectorPanel(QWidget* parent)
    : Panel(parent),
      head_(new InspectorHead),
      tabs_(new QTabBar),
      pages_(new QStackedWidget),
      hint_(makeHelpText({}, this)),
      fields_(new FormView),
      more_(new QToolButton),
      standard_(new FormView),
      schema_(new SchemaView),
      docs_(new DocsView) {
  tabs_->addTab(tr("Properties"));
  tabs_->addTab(tr("Schema"));
  tabs_->addTab(tr("Docs"));
  tabs_->setExpanding(false);
  tabs_->setDrawBase(false);
  connect(tabs_, &QTabBar::currentChanged, this, [this](int tab) {
    pages_->setCurrentIndex(tab);
    showTab();
  });

  more_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  more_->setAutoRaise(true);
  more_->setCheckable(true);
  more_->setFont(fontOf(FontRole::Label));
  more_->setText(tr("More settings"));
  const auto fold = [this](bool open) {
    more_->setIcon(themeIcon(open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right")));
    standard_->setVisible(open);
  };
  connect(more_, &QToolButton::toggled, this, fold);
  fold(false);

  auto* const properties = new QWidget;
  auto* const column = new QVBoxLayout(properties);
  column->setContentsMargins(space::kPanelInset, space::kMedium, space::kPanelInset, space::kMedium);
  column->setSpacing(space::kMedium);
  column->addWidget(hint_);
  column->addWidget(fields_);
  column->addWidget(more_, 0, Qt::AlignLeft);
  column->addWidget(standard_);
  column->addStretch(1);
  pages_->addWidget(makeScrollColumn(properties));
  pages_->widget(kProperties)->setFocusPolicy(Qt::NoFocus);  // fields scroll it; the others are read with arrows
  pages_->addWidget(makeScrollColumn(schema_));
  pages_->addWidget(makeScrollColumn(docs_));

  auto* const layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(head_);
  auto* const bar = new QHBoxLayout;
  bar->setContentsMargins(0, 0, space::kPanelInset, 0);  // a tab is inset itself
  bar->addWidget(tabs_);
  bar->addStretch(1);
  layout->addLayout(bar);
  layout->addWidget(pages_, 1);

  for (FormView* const form : {fields_, standard_}) {
    connect(form, &FormView::edited, this, &InspectorPanel::edit);
    connect(form, &FormView::fileNamed, this, &InspectorPanel::nameFile);
    connect(form, &FormView::finished, this, [this] {
      if (document() != nullptr) document()->closeMerge();
    });
  }
  connect(head_, &InspectorHead::finished, this, [this] {
    if (document() != nullptr) document()->closeMerge();
  });
  connect(head_, &InspectorHead::nameTyped, this, [this](const QString& name) {
    const bool topic = document() != nullptr && document()->topology().topic(id_) != nullptr;
    edit(topic ? "topic" : "name", name.isEmpty() ? json::Value() : json::Value::text(name.toStdString()));
  });
  connect(head_, &InspectorHead::idChosen, this, [this](const QString& id) {
    if (document() == nullptr) return;
    const Result<void> done = changeIdIn(*document(), id_, id.toStdString());
    head_->refuseId(done ? QString() : QString::fromStdString(done.error().message));
  });
  connect(schema_, &SchemaView::fixRequested, this, [this](const topology::QuickFix& fix) {
    if (document() != nullptr) (void)applyTo(*document(), fix);
  });
  refresh();
}

void InspectorPanel::setFolder(const QString& folder) {
  folder_ = folder;
  refresh();
}

void InspectorPanel::onChange(Change change) {
  if (change == Change::Saved) return;
  if (change == Change::Selected && document() != nullptr) document()->closeMerge();
  const std::string before = id_;
  const std::vector<std::string> severalBefore = several_;
  refresh();
  // The form of something else is read from its beginning.
  if (change != Change::Selected || (id_ == before && several_ == severalBefore)) return;
  for (int page = 0; page < pages_->count(); ++page) {
    if (auto* const area = qobject_cast<QScrollArea*>(pages_->widget(page))) area->verticalScrollBar()->setValue(0);
  }
}

void InspectorPanel::showForm(const Form& form) {
  const FieldScene scene{form.columns, form.columnsKnown, catalog(), folder_};
  // What says what a source's rows are is not folded away; how they are worked on is.
  const auto saysRows = [](const FormField& field) {
    using catalog::ParamType;
    const ParamType type = field.spec == nullptr ? ParamType::Any : field.spec->type;
    return field.required || type == ParamType::Schema || type == ParamType::Object;
  };
  std::vector<FormField> first = form.fields;
  std::vector<FormField> rest;
  for (const FormField& field : form.standard) (saysRows(field) ? first : rest).push_back(field);
  fields_->show(first, scene);
  rest.insert(rest.end(), form.about.begin(), form.about.end());
  standard_->show(rest, scene);
  more_->setVisible(!rest.empty());
  standard_->setVisible(!rest.empty() && more_->isChecked());
  toFill_ = firstToFill(first);
  if (toFill_.empty()) toFill_ = firstToFill(rest);
  // What is wrong or has to be filled in is never folded away.
  const bool wrong = std::any_of(rest.begin(), rest.end(),
                                 [](const FormField& field) { return field.unfilled || !field.errors.isEmpty(); });
  if (wrong) more_->setChecked(true);
}

void InspectorPanel::refresh() {
  hint_->setText({});
  if (document() == nullptr) {
    id_.clear();
    several_.clear();
    head_->showWords(tr("Nothing open"), {});
    tabs_->setVisible(false);
    pages_->setVisible(false);
    return;
  }
  const topology::Topology& topology = document()->topology();
  const SelectionWords words = selectionWords(topology, *catalog(), document()->selection());
  id_ = words.single;
  several_ = words.several;
  Form form;
  if (!id_.empty()) {
    form = formOf(topology, *catalog(), *checked(), id_);
    if (form.title.isEmpty()) form = groupForm(topology, id_);
    head_->showPart(*document(), *catalog(), id_, form);
    if (form.fields.empty()) hint_->setText(tr("It has no settings of its own."));
  } else {
    head_->showWords(words.title, words.subtitle);
    hint_->setText(words.hint);
    if (document()->selection().empty()) form = topologyForm(topology, *checked());
    if (!several_.empty()) {
      form = formOfSeveral(topology, *catalog(), *checked(), several_);
      const bool nothing = form.fields.empty() && form.standard.empty() && form.about.empty();
      hint_->setText(nothing ? tr("They have no settings in common.") : tr("A change goes to all of them."));
    }
  }
  hint_->setVisible(!hint_->text().isEmpty());
  const bool node = topology.node(id_) != nullptr || topology.topic(id_) != nullptr;
  tabs_->setVisible(node);
  if (!node) tabs_->setCurrentIndex(kProperties);
  pages_->setVisible(true);
  pages_->setCurrentIndex(words.wire.empty() ? tabs_->currentIndex() : kSchema);
  showForm(form);
  showTab();
  if (!words.wire.empty()) schema_->showWire(*checked(), words.wire);
}

void InspectorPanel::showTab() {
  if (document() == nullptr) return;
  const topology::Topology& topology = document()->topology();
  // Only what can be seen: somebody may be typing into the other tab.
  if (tabs_->currentIndex() == kSchema) schema_->show(topology, *catalog(), *checked(), id_);
  if (tabs_->currentIndex() == kDocs) docs_->show(topology, *catalog(), id_);
}

void InspectorPanel::changeEvent(QEvent* event) {
  Panel::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) showTab();  // its text has colours
}

void InspectorPanel::edit(const std::string& path, const json::Value& value) {
  if (document() == nullptr) return;
  // A path that is not there any more changed under the editor: the next refresh shows what there is.
  const topology::Topology& topology = document()->topology();
  if (!applyTo(*document(), several_.empty() ? setField(topology, id_, path, value)
                                             : setFieldOfAll(topology, several_, path, value))) {
    refresh();
  }
}

void InspectorPanel::nameFile(const std::string& path, const std::string& written, const QString& file) {
  if (document() == nullptr) return;
  const topology::Node* const node = document()->topology().node(id_);
  if (node != nullptr && node->use.value == kFileSource && path == "params.path") {
    Q_EMIT dataFileNamed(QString::fromStdString(id_), QString::fromStdString(written), file);
  } else {
    edit(path, json::Value::text(written));
  }
}

void InspectorPanel::editField(const QString& parameter) {
  tabs_->setCurrentIndex(kProperties);
  const std::string name = parameter.toStdString();
  if (!name.empty() && (focusField("params." + name) || focusField(name))) return;
  if (!name.empty()) return;
  // The topology itself has its name among its fields.
  if (head_->name().isReadOnly() && !fields_->boxes().empty()) {
    return focusByKey(fields_->boxes().front()->editor(), Qt::ShortcutFocusReason);
  }
  focusByKey(head_->name(), Qt::ShortcutFocusReason);
  head_->name().selectAll();
}

void InspectorPanel::editFirst() {
  tabs_->setCurrentIndex(kProperties);
  if (!toFill_.empty() && focusField(toFill_)) return;
  if (fields_->boxes().empty()) return editField({});
  focusField(fields_->boxes().front()->path());
}

bool InspectorPanel::focusField(const std::string& path) {
  for (FormView* const form : {fields_, standard_}) {
    FieldBox* box = form->boxOf(path);
    if (box == nullptr) continue;
    if (form == standard_) more_->setChecked(true);
    // The field within a list or an object.
    for (FieldBox* const inner : box->findChildren<FieldBox*>()) {
      if (path == inner->path() || path.starts_with(inner->path() + ".")) box = inner;
    }
    for (QWidget* around = box; around != nullptr; around = around->parentWidget()) {
      if (auto* const item = qobject_cast<ListItem*>(around)) item->setOpen(true);
    }
    const QList<QWidget*> stops = tabStops(box);
    focusByKey(stops.isEmpty() ? static_cast<QWidget&>(box->editor()) : *stops.front(), Qt::ShortcutFocusReason);
    static_cast<QScrollArea*>(pages_->widget(kProperties))->ensureWidgetVisible(box);
    return true;
  }
  return false;
}

void InspectorPanel::focusByKey(QWidget& widget, Qt::FocusReason reason) {
  window()->setAttribute(Qt::WA_KeyboardFocusChange);  // rings are shown
  widget.setFocus(reason);
}

void InspectorPanel::keyPressEvent(QKeyEvent* event) {
  if (event->key() != Qt::Key_Escape) return Panel::keyPressEvent(event);
  event->accept();
  Q_EMIT left();
}

bool InspectorPanel::focusNextPrevChild(bool next) {
  const QList<QWidget*> stops = tabStops(this);
  QWidget* const now = QApplication::focusWidget();
  auto at = std::find(stops.begin(), stops.end(), now);
  if (at == stops.end()) {  // something within one of them, such as the editor of a cell
    at = std::find_if(stops.begin(), stops.end(), [&](QWidget* stop) { return stop->isAncestorOf(now); });
  }
  if (at == stops.end()) return Panel::focusNextPrevChild(next);
  const qsizetype to = at - stops.begin() + (next ? 1 : -1);
  QWidget* target = to >= 0 && to < stops.size() ? stops[to] : neighbourOf(this, next);
  if (target == nullptr) target = next ? stops.front() : stops.back();
  focusByKey(*target, next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
  auto* const area = qobject_cast<QScrollArea*>(pages_->currentWidget());
  if (area != nullptr && area->isAncestorOf(target)) area->ensureWidgetVisible(target);
  return true;
}

}  // namespace weir::designer
