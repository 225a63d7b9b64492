#include "designer/ui/panels/inspector/docs_view.hpp"

#include <QCoreApplication>
#include <QVBoxLayout>

#include "core/base/duration.hpp"
#include "core/topology/model/topic_settings.hpp"
#include "designer/model/help/core_words.hpp"
#include "designer/model/help/form.hpp"

namespace weir::designer {

namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Docs)
};

QString escaped(const std::string& utf8) {
  return QString::fromStdString(utf8).toHtmlEscaped();
}

class Writer {
 public:
  explicit Writer(const Theme& theme) : theme_(theme) {}

  void paragraph(const QString& html) { out_ += QStringLiteral("<p>%1</p>").arg(html); }
  void head(const QString& words) { paragraph(QStringLiteral("<b>%1</b>").arg(words.toHtmlEscaped())); }
  QString quiet(const QString& html) const {
    return QStringLiteral("<span style='color:%1'>%2</span>").arg(theme_.colors.secondaryText.name(), html);
  }
  static QString code(const QString& html) {
    return QStringLiteral("<span style='font-family:%1'>%2</span>").arg(fontOf(FontRole::Code).family(), html);
  }

  // JSON that may be broken after its commas.
  static QString breakable(const json::Value& value) {
    return escaped(json::write(value)).replace(QLatin1Char(','), QStringLiteral(",&#8203;"));
  }

  // "size  duration, required", its help, default, bounds, choices and examples.
  void parameter(const catalog::ParamSpec& spec, int depth) {
    const auto typeName = catalog::paramTypeName(spec.type);
    QString facts = QString::fromUtf8(typeName.data(), static_cast<qsizetype>(typeName.size()));
    if (spec.required) facts += Words::tr(", required");
    if (!spec.unit.empty()) facts += QStringLiteral(", ") + coreWords(spec.unit).toHtmlEscaped();
    if (!spec.result.empty()) facts += Words::tr(", gives %1").arg(escaped(spec.result));
    QString html = code(escaped(spec.name)) + QStringLiteral(" &nbsp;") + quiet(facts);
    const auto line = [&](const QString& words) { html += QStringLiteral("<br>") + words; };
    if (!spec.help.empty()) line(coreWords(spec.help).toHtmlEscaped());
    if (!spec.choices.empty()) {
      QStringList choices;
      for (const std::string& choice : spec.choices) choices.append(code(escaped(choice)));
      line(quiet(Words::tr("One of %1.").arg(choices.join(QStringLiteral(", ")))));
    }
    if (spec.defaultValue) line(quiet(Words::tr("Default: %1").arg(code(breakable(*spec.defaultValue)))));
    if (const QString bounds = boundsOf(spec); !bounds.isEmpty()) line(quiet(bounds));
    for (const json::Value& example : spec.examples) {
      line(quiet(Words::tr("Example: %1").arg(code(breakable(example)))));
    }
    out_ += QStringLiteral("<p style='margin-left:%1px'>%2</p>").arg(depth * space::kMedium).arg(html);
    for (const catalog::ParamSpec& member : spec.members) parameter(member, depth + 1);
    for (const catalog::ParamSpec& element : spec.element) {
      for (const catalog::ParamSpec& member : element.members) parameter(member, depth + 1);
    }
  }

  void ports(const QString& title, const std::vector<catalog::PortSpec>& all) {
    if (all.empty()) return;
    head(title);
    for (const catalog::PortSpec& port : all) {
      QString facts = port.role == catalog::PortRole::Late         ? Words::tr("late rows")
                      : port.role == catalog::PortRole::DeadLetter ? Words::tr("dead letters")
                      : port.shape == catalog::PortShape::Keyed    ? Words::tr("by key")
                      : port.shape == catalog::PortShape::Table    ? Words::tr("table")
                                                                   : Words::tr("stream");
      if (port.optional) facts += Words::tr(", optional");
      QString html = code(escaped(port.name)) + QStringLiteral(" &nbsp;") + quiet(facts);
      if (!port.doc.empty()) html += QStringLiteral("<br>") + escaped(port.doc);
      paragraph(html);
    }
  }

  const QString& text() const { return out_; }

 private:
  static QString boundsOf(const catalog::ParamSpec& spec) {
    const auto shown = [&](double bound) {
      if (spec.type == catalog::ParamType::Duration) {
        return QString::fromStdString(durationText(static_cast<Duration>(bound)));
      }
      return QString::number(bound, 'g', 15);
    };
    if (spec.minimum && spec.maximum)
      return Words::tr("From %1 to %2.").arg(shown(*spec.minimum), shown(*spec.maximum));
    if (spec.minimum && *spec.minimum > 0) return Words::tr("At least %1.").arg(shown(*spec.minimum));
    return spec.maximum ? Words::tr("At most %1.").arg(shown(*spec.maximum)) : QString();
  }

  const Theme& theme_;
  QString out_;
};

}  // namespace

QString operatorDocs(const catalog::OperatorSpec& spec, const std::string& use, const Theme& theme) {
  Writer writer(theme);
  writer.paragraph(escaped(spec.doc));
  writer.paragraph(writer.quiet(Writer::code(escaped(use))));
  writer.ports(Words::tr("Inputs"), spec.inputs);
  writer.ports(Words::tr("Outputs"), spec.outputs);
  if (!spec.params.empty()) writer.head(Words::tr("Parameters"));
  for (const catalog::ParamSpec& param : spec.params) writer.parameter(param, 0);
  if (!spec.keywords.empty()) {
    QStringList words;
    for (const std::string& keyword : spec.keywords) words.append(escaped(keyword));
    writer.head(Words::tr("Elsewhere it is called"));
    writer.paragraph(writer.quiet(words.join(QStringLiteral(", "))));
  }
  return writer.text();
}

QString topicDocs(const Theme& theme) {
  Writer writer(theme);
  writer.paragraph(
      Words::tr("A named stream on the log: what is written to it stays, and other topologies can read it."));
  writer.head(Words::tr("Parameters"));
  for (const catalog::ParamSpec& spec : topology::topicSettings()) writer.parameter(spec, 0);
  return writer.text();
}

DocsView::DocsView(QWidget* parent) : QWidget(parent), text_(new QLabel) {
  text_->setTextFormat(Qt::RichText);
  text_->setWordWrap(true);
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  // A long example must not make the panel wider than it is.
  text_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  text_->setAlignment(Qt::AlignTop | Qt::AlignLeading);
  auto* const layout = new QVBoxLayout(this);
  layout->setContentsMargins(space::kPanelInset, space::kTiny, space::kPanelInset, space::kMedium);
  layout->addWidget(text_);
  layout->addStretch(1);
}

void DocsView::show(const topology::Topology& topology, const catalog::Catalog& catalog, const std::string& id) {
  const topology::Node* const node = topology.node(id);
  const catalog::OperatorSpec* const spec = node == nullptr ? nullptr : catalog.find(node->use.value);
  QString html;
  if (spec != nullptr) {
    html = operatorDocs(*spec, node->use.value, themeOf(this));
  } else if (topology.topic(id) != nullptr) {
    html = topicDocs(themeOf(this));
  } else if (node != nullptr) {
    html = Words::tr("Its plugin is not installed, so there is nothing to read here.").toHtmlEscaped();
  }
  if (html != text_->text()) text_->setText(html);
}

}  // namespace weir::designer
