#include "designer/ui/workbench/tests/seen_words.hpp"

#include <QAbstractItemView>
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTabBar>
#include <QTextDocumentFragment>

#include "core/topology/model/topic_settings.hpp"
#include "designer/model/help/form.hpp"

namespace weir::designer::test {

namespace {

class Reader {
 public:
  std::vector<SeenWords> words;

  void look(const QWidget& widget) {
    owner_ = QString::fromLatin1(widget.metaObject()->className());
    for (const QString& text :
         {widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle()}) {
      add(text);
    }
    if (const auto* label = qobject_cast<const QLabel*>(&widget)) add(label->text());
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget)) add(button->text());
    if (const auto* line = qobject_cast<const QLineEdit*>(&widget)) {
      add(line->placeholderText());
      if (line->isReadOnly()) add(line->text());
    }
    if (const auto* combo = qobject_cast<const QComboBox*>(&widget)) {
      add(combo->placeholderText());
      for (int i = 0; i < combo->count(); ++i) add(combo->itemText(i));
    }
    if (const auto* tabs = qobject_cast<const QTabBar*>(&widget)) {
      for (int i = 0; i < tabs->count(); ++i) add(tabs->tabText(i)), add(tabs->tabToolTip(i));
    }
    if (const auto* view = qobject_cast<const QAbstractItemView*>(&widget); view != nullptr && view->model()) {
      const bool header = qobject_cast<const QHeaderView*>(&widget) != nullptr;
      if (!header) rows(*view->model(), {});
    }
    for (const QAction* action : widget.actions()) add(action->text()), add(action->toolTip());
  }

 private:
  void add(const QString& text) {
    if (text.isEmpty()) return;
    const bool html = Qt::mightBeRichText(text);
    words.push_back({owner_, html ? QTextDocumentFragment::fromHtml(text).toPlainText() : text});
  }

  void rows(const QAbstractItemModel& model, const QModelIndex& parent) {
    for (int column = 0; column < model.columnCount(parent); ++column) {
      if (!parent.isValid()) add(model.headerData(column, Qt::Horizontal).toString());
      for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, column, parent);
        for (const int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole), int(Qt::AccessibleTextRole)}) {
          add(index.data(role).toString());
        }
        if (column == 0) rows(model, index);
      }
    }
  }

  QString owner_;
};

QJsonValue marked(const QJsonValue& value, const QString& key) {
  static const QStringList kWords = {"title", "category", "doc", "help", "unit", "keywords", "vendor"};
  if (value.isString() && kWords.contains(key)) return QStringLiteral("«%1»").arg(value.toString());
  if (value.isArray()) {
    QJsonArray out;
    for (const QJsonValue item : value.toArray()) out.append(marked(item, key));
    return out;
  }
  if (!value.isObject()) return value;
  QJsonObject out = value.toObject();
  for (auto member = out.begin(); member != out.end(); ++member) {
    // An example is a value for a field, whatever its members are called.
    if (member.key() != "examples" && member.key() != "default") member.value() = marked(member.value(), member.key());
  }
  return out;
}

void addNames(const catalog::ParamSpec& spec, std::set<QString>& names) {
  names.insert(QString::fromStdString(spec.name));
  const auto type = catalog::paramTypeName(spec.type);
  names.insert(QString::fromUtf8(type.data(), qsizetype(type.size())));
  for (const std::string& choice : spec.choices) {
    names.insert(QString::fromStdString(choice));
    // What no word of ours stands for.
    if (const QString title = choiceTitle(choice); !title.contains(u'⟦')) {
      for (const QString& word : title.split(' ')) names.insert(word);
    }
  }
  const auto texts = [&](const json::Value& value) {
    for (const QString& word : QString::fromStdString(json::write(value)).split(QRegularExpression("\\W+"))) {
      names.insert(word);
    }
  };
  for (const json::Value& example : spec.examples) texts(example);
  if (spec.defaultValue) texts(*spec.defaultValue);
  for (const catalog::ParamSpec& member : spec.members) addNames(member, names);
  for (const catalog::ParamSpec& element : spec.element) addNames(element, names);
}

}  // namespace

QString PseudoLocale::translate(const char* context, const char* text, const char* hint, int /*number*/) const {
  if (*context != 'Q') asked_.insert({context, text, hint == nullptr ? "" : hint});
  constexpr double kLonger = 0.4;
  const QString words = QString::fromUtf8(text);
  return u'⟦' + words + QString(qsizetype(double(words.size()) * kLonger), u'~') + u'⟧';
}

QStringList PseudoLocale::missingIn(const QTranslator& language) const {
  QStringList missing;
  for (const auto& [context, text, hint] : asked_) {
    if (language.translate(context.c_str(), text.c_str(), hint.c_str(), 1).isEmpty()) {
      missing.append(QString::fromStdString(context + ": " + text));
    }
  }
  return missing;
}

std::vector<SeenWords> wordsOf(QWidget& root) {
  Reader reader;
  reader.look(root);
  for (const QWidget* const widget : root.findChildren<QWidget*>()) {
    const bool menu = widget->inherits("QMenu");
    if (menu || widget->isVisibleTo(&root)) reader.look(*widget);
  }
  return std::move(reader.words);
}

Untranslated::Untranslated(const catalog::Catalog& catalog, const topology::CheckOutcome& checked) {
  names_ = {"Weir", "weir", "string", "timestamp", "int64", "int32", "float64", "bool", "date", "bytes"};
  for (const char* member : {"name", "doc", "guarantee", "disabled", "params", "type", "default"})
    names_.insert(member);
  for (const catalog::ParamSpec& setting : topology::topicSettings()) addNames(setting, names_);
  for (const catalog::CatalogEntry& plugin : catalog.entries()) {
    names_.insert(QString::fromStdString(plugin.manifest.plugin));
    for (const catalog::OperatorSpec& spec : plugin.manifest.operators) {
      names_.insert(QString::fromStdString(spec.id));
      for (const catalog::ParamSpec& param : spec.params) addNames(param, names_);
      for (const auto* const ports : {&spec.inputs, &spec.outputs}) {
        for (const catalog::PortSpec& port : *ports) names_.insert(QString::fromStdString(port.name));
      }
    }
  }
  for (const topology::Problem& problem : checked.problems) {
    sentences_.insert(QString::fromStdString(problem.message));
    sentences_.insert(QString::fromStdString(problem.help));
    sentences_.insert(QString::fromUtf8(problem.code.data(), qsizetype(problem.code.size())));
    if (problem.fix) sentences_.insert(QString::fromStdString(problem.fix->title));
  }
}

bool Untranslated::holdsBareWords(QString text) const {
  static const QRegularExpression kTranslated(QStringLiteral("⟦[^⟦⟧]*⟧|«[^«»]*»|\\([^()]*\\)$"));
  static const QRegularExpression kWord(QStringLiteral("[A-Za-z_][A-Za-z0-9_]+"));
  for (const QString& sentence : sentences_) text.remove(sentence);
  // Texts in brackets may hold others.
  while (text.contains(kTranslated)) text.remove(kTranslated);
  for (auto found = kWord.globalMatch(text); found.hasNext();) {
    const QString word = found.next().captured();
    static const QRegularExpression kLetters(QStringLiteral("[A-Za-z]{2}"));
    if (word.contains(kLetters) && !names_.contains(word)) return true;
  }
  return false;
}

QByteArray markManifest(const QByteArray& manifest) {
  return QJsonDocument(marked(QJsonDocument::fromJson(manifest).object(), {}).toObject())
      .toJson(QJsonDocument::Compact);
}

QStringList cutWords(QWidget& root) {
  QStringList cut;
  for (const QWidget* const widget : root.findChildren<QWidget*>()) {
    if (!widget->isVisible()) continue;
    if (widget->layout() != nullptr && widget->width() < widget->layout()->minimumSize().width()) {
      cut.append(QStringLiteral("%1 is too narrow for what is in it").arg(widget->metaObject()->className()));
    }
    QString text;
    if (const auto* label = qobject_cast<const QLabel*>(widget); label != nullptr && !label->wordWrap()) {
      text = label->text();
    }
    if (qobject_cast<const QPushButton*>(widget) != nullptr || qobject_cast<const QCheckBox*>(widget) != nullptr) {
      text = qobject_cast<const QAbstractButton*>(widget)->text();
    }
    if (!text.isEmpty() && widget->width() < widget->sizeHint().width()) {
      cut.append(QStringLiteral("%1: %2").arg(QString::fromLatin1(widget->metaObject()->className()), text));
    }
    // Words that wrap may need more height than there is.
    if (const auto* label = qobject_cast<const QLabel*>(widget); label != nullptr && label->wordWrap()) {
      if (label->height() < label->heightForWidth(label->width())) cut.append("wrapped: " + label->text());
    }
  }
  return cut;
}

}  // namespace weir::designer::test
