#include "designer/ui/panels/inspector/schema_view.hpp"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <algorithm>

#include "core/topology/model/problem_codes.hpp"
#include "designer/model/edits/edits.hpp"
#include "designer/model/help/fixes.hpp"
#include "designer/model/help/fixes_time.hpp"
#include "designer/ui/panels/fields/field_box.hpp"
#include "designer/ui/theme/theme.hpp"
#include "designer/ui/widgets/labels.hpp"

namespace weir::designer {

namespace {

constexpr int kBesideName = 24;  // letters of a type; a longer one stands below the name

}  // namespace

SchemaView::SchemaView(QWidget* parent) : QWidget(parent), layout_(new QVBoxLayout(this)) {
  layout_->setContentsMargins(space::kPanelInset, space::kMedium, space::kPanelInset, space::kMedium);
  layout_->setSpacing(space::kMedium);
}

void SchemaView::clear() {
  while (QLayoutItem* const item = layout_->takeAt(0)) {
    if (item->widget() != nullptr) {
      item->widget()->hide();
      item->widget()->deleteLater();  // a click on one of its buttons may be what led here
    }
    delete item;
  }
}

void SchemaView::show(const topology::Topology& topology, const catalog::Catalog& catalog,
                      const topology::CheckOutcome& checked, const std::string& id) {
  clear();
  if (id.empty()) return;
  addQuestion(topology, catalog, checked, id);
  const topology::Node* const node = topology.node(id);
  const bool pending =
      std::any_of(checked.problems.begin(), checked.problems.end(), [&](const topology::Problem& problem) {
        return problem.node == id && problem.severity == topology::Severity::Info &&
               problem.code == topology::codes::kDerivePending;
      });
  const QString unknown = pending ? tr("Not known yet: its plugin is asked.") : tr("Not known yet.");
  for (const topology::PortSchema& port : checked.schemas) {
    if (port.node != id) continue;
    const QString name = QString::fromStdString(port.port);
    const QString title =
        node == nullptr ? (port.output ? tr("Out") : tr("In")) : (port.output ? tr("Out: %1") : tr("In: %1")).arg(name);
    addPort(port, title, unknown);
  }
  if (layout_->count() == 0) layout_->addWidget(makeHelpText(tr("Not checked yet."), this));
  layout_->addStretch(1);
}

void SchemaView::showWire(const topology::CheckOutcome& checked, const std::string& wire) {
  clear();
  const std::string text = topology::edgeOfId(wire).value_or(topology::Edge{}).from.value;
  const End from = endOf(text);
  for (const topology::PortSchema& port : checked.schemas) {
    if (port.output && port.node == from.node && port.port == from.port)
      addPort(port, tr("Columns"), tr("Not known yet."));
  }
  if (layout_->count() == 0) layout_->addWidget(makeHelpText(tr("Not checked yet."), this));
  layout_->addStretch(1);
}

void SchemaView::addQuestion(const topology::Topology& topology, const catalog::Catalog& catalog,
                             const topology::CheckOutcome& checked, const std::string& id) {
  const std::vector<TimeCandidate> candidates = timeCandidates(topology, catalog, checked, id);
  if (candidates.empty()) return;
  auto* const box = new QWidget;
  auto* const column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(space::kSmall);
  QLabel* const question = makeLabel(tr("Which column says when it happened?"), FontRole::Strong);
  question->setWordWrap(true);
  column->addWidget(question);
  for (const TimeCandidate& candidate : candidates) {
    auto* const button = new QPushButton(
        tr("%1 of %2").arg(QString::fromStdString(candidate.column), QString::fromStdString(candidate.source)));
    button->setFocusPolicy(Qt::StrongFocus);
    connect(button, &QPushButton::clicked, this,
            [this, fix = takeAsEventTime(topology, candidate)] { Q_EMIT fixRequested(fix); });
    column->addWidget(button, 0, Qt::AlignLeft);
  }
  layout_->addWidget(box);
}

void SchemaView::addPort(const topology::PortSchema& port, const QString& title, const QString& why) {
  auto* const box = new QWidget;
  auto* const grid = new QGridLayout(box);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(space::kMedium);
  grid->setVerticalSpacing(space::kTiny);
  grid->setColumnStretch(0, 1);
  grid->addWidget(makeLabel(title, FontRole::Label), 0, 0, 1, 2);
  if (!port.schema) {
    grid->addWidget(makeHelpText(why, box), 1, 0, 1, 2);
  } else if (port.schema->fields.empty()) {
    grid->addWidget(makeHelpText(tr("No columns."), box), 1, 0, 1, 2);
  } else {
    int row = 1;
    for (const Field& field : port.schema->fields) {
      grid->addWidget(makeLabel(QString::fromStdString(field.name), FontRole::Code), row, 0);
      const QString type = QString::fromStdString(typeName(field.type));
      QLabel* const label = makeSecondaryLabel(field.nullable ? tr("%1 or null").arg(type) : type, FontRole::Code);
      if (type.size() <= kBesideName) {
        grid->addWidget(label, row++, 1, Qt::AlignRight);
        continue;
      }
      label->setWordWrap(true);
      label->setContentsMargins(space::kMedium, 0, 0, 0);
      grid->addWidget(label, ++row, 0, 1, 2);
      ++row;
    }
  }
  layout_->addWidget(box);
}

}  // namespace weir::designer
