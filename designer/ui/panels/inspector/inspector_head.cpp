#include "designer/ui/panels/inspector/inspector_head.hpp"

#include <QEvent>
#include <QGuiApplication>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

#include "core/drawing/picture/picture.hpp"
#include "designer/ui/panels/fields/field_box.hpp"
#include "designer/ui/theme/icons.hpp"
#include "designer/ui/theme/paint.hpp"
#include "designer/ui/widgets/labels.hpp"

namespace weir::designer {

namespace {

LineEdit* bareLine(FontRole role) {
  auto* const line = new LineEdit;
  line->setFrame(false);
  constexpr int kBesideText = 2;  // what a line keeps free without a frame
  line->setTextMargins(-kBesideText, 0, 0, 0);
  line->setFont(fontOf(role));
  line->setElided(true);
  line->setFixedHeight(QFontMetrics(line->font()).height() + space::kTiny);
  return line;
}

// It looks like a heading until somebody writes into it; and a name that follows from the id is a name.
void makeBare(LineEdit* line) {
  QPalette palette = QGuiApplication::palette();
  palette.setBrush(QPalette::PlaceholderText, palette.brush(QPalette::Text));
  palette.setBrush(QPalette::Base, Qt::NoBrush);
  line->setPalette(palette);
}

// What a part is called where it has a name of its own.
QString nameOf(const topology::Topology& topology, const std::string& id) {
  if (const topology::Node* const node = topology.node(id)) return QString::fromStdString(node->name.value);
  if (const topology::Topic* const topic = topology.topic(id)) {
    const json::Value* const name = topic->settings.find("topic");
    return name != nullptr && name->isText() ? QString::fromStdString(name->asText()) : QString();
  }
  for (const auto& group : topology.groups) {
    if (group->id.value == id) return QString::fromStdString(group->name.value);
  }
  return {};
}

}  // namespace

KindTile::KindTile(QWidget* parent) : QWidget(parent) {
  setFixedSize(control::kTileSmall, control::kTileSmall);
}

void KindTile::showMissing() {
  show(NodeKind::Stateless, {});
  missing_ = true;
}

void KindTile::show(NodeKind kind, const QString& icon) {
  missing_ = false;
  kind_ = kind;
  icon_ = icon;
  update();
  QWidget::show();
}

void KindTile::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  if (!missing_) return paintKindTile(painter, kind_, icon_, rect());
  // As the cap of such a node on the canvas.
  const Colors& colors = themeOf(this).colors;
  paint::roundedBox(painter, rect(), control::kTileRadius, colors.control, {});
  QRect square(0, 0, control::kTileIcon, control::kTileIcon);
  square.moveCenter(rect().center());
  paintIcon(painter, QStringLiteral("puzzle"), square, colors.text);
}

InspectorHead::InspectorHead(QWidget* parent)
    : QWidget(parent),
      tile_(new KindTile),
      name_(bareLine(FontRole::InspectorTitle)),
      idLine_(bareLine(FontRole::Code)),
      subtitle_(makeHelpText({}, this)),
      refusal_(makeHelpText({}, this)) {
  makeBare(name_);
  makeBare(idLine_);
  name_->setAccessibleName(tr("Name"));
  connect(name_, &QLineEdit::textChanged, name_, &QWidget::setToolTip);
  idLine_->setAccessibleName(tr("Id"));
  idLine_->setToolTip(tr("The id, which wires and other programs name"));
  refusal_->setForegroundRole(QPalette::BrightText);
  refusal_->hide();
  for (LineEdit* const line : {name_, idLine_}) line->installEventFilter(this);
  connect(name_, &QLineEdit::textEdited, this, &InspectorHead::nameTyped);
  connect(name_, &LineEdit::left, this, &InspectorHead::finished);
  connect(idLine_, &LineEdit::left, this, [this] {
    if (idLine_->text() != shownId_) Q_EMIT idChosen(idLine_->text().trimmed());
  });

  auto* const layout = new QVBoxLayout(this);
  layout->setContentsMargins(space::kPanelInset, space::kTiny, space::kPanelInset, space::kTiny);
  layout->setSpacing(0);
  auto* const row = new QHBoxLayout;
  row->setSpacing(space::kTiny + 2);
  row->addWidget(tile_);
  row->addWidget(name_, 1);
  layout->addLayout(row);
  layout->addWidget(idLine_);
  layout->addWidget(refusal_);
  layout->addWidget(subtitle_);
}

// Lines that go with the focus in them would say so to what is hardly here any more.
InspectorHead::~InspectorHead() {
  name_->disconnect(this);
  idLine_->disconnect(this);
}

void InspectorHead::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() != QEvent::PaletteChange) return;
  makeBare(name_);
  makeBare(idLine_);
}

bool InspectorHead::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) update();
  return QWidget::eventFilter(watched, event);
}

// The lines have no frames, so the ring of the one with the focus is painted around it.
void InspectorHead::paintEvent(QPaintEvent* /*event*/) {
  for (const LineEdit* const line : {name_, idLine_}) {
    if (!line->hasFocus() || line->isReadOnly()) continue;
    QPainter painter(this);
    const paint::Smooth smooth(painter);
    const Colors& colors = themeOf(this).colors;
    paint::roundedBox(painter, line->geometry().adjusted(-space::kTiny, 0, space::kTiny, 0), control::kRadius,
                      colors.base, colors.accent, control::kFocusRing);
  }
}

void InspectorHead::refuseId(const QString& why) {
  refusal_->setText(why);
  refusal_->setVisible(!why.isEmpty());
}

void InspectorHead::showPart(const Document& document, const catalog::Catalog& catalog, const std::string& id,
                             const Form& form) {
  const topology::Topology& topology = document.topology();
  const topology::Node* const node = topology.node(id);
  const catalog::OperatorSpec* const spec = node == nullptr ? nullptr : catalog.find(node->use.value);
  tile_->setVisible(true);
  if (spec != nullptr) {
    tile_->show(drawing::kindOf(*spec), QString::fromStdString(spec->icon));
  } else if (topology.topic(id) != nullptr) {
    tile_->show(NodeKind::Topic, QStringLiteral("database"));
  } else if (node != nullptr) {
    tile_->showMissing();
  } else {
    tile_->hide();
  }
  name_->setReadOnly(false);
  name_->setFocusPolicy(Qt::StrongFocus);
  name_->setPlaceholderText(QString::fromStdString(drawing::nameFromId(id)));
  if (const QString name = nameOf(topology, id); name_->text() != name) name_->setText(name);
  const QString shown = QString::fromStdString(id);
  if (shown != shownId_ || !idLine_->hasFocus()) {
    shownId_ = shown;
    idLine_->setText(shown);
    refuseId({});
  }
  idLine_->show();
  subtitle_->setText(form.subtitle);
  subtitle_->setVisible(!form.subtitle.isEmpty());
}

void InspectorHead::showWords(const QString& title, const QString& subtitle) {
  tile_->hide();
  idLine_->hide();
  // There is nothing to write here.
  if (name_->hasFocus()) name_->clearFocus();
  refuseId({});
  shownId_.clear();
  name_->setReadOnly(true);
  name_->setFocusPolicy(Qt::ClickFocus);
  name_->setPlaceholderText({});
  if (name_->text() != title) name_->setText(title);
  subtitle_->setText(subtitle);
  subtitle_->setVisible(!subtitle.isEmpty());
}

}  // namespace weir::designer
