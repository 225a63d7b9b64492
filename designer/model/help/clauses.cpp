#include "designer/model/help/clauses.hpp"

#include <QRegularExpression>
#include <algorithm>

#include "core/base/duration.hpp"

namespace weir::designer {

namespace {

using catalog::ParamSpec;
using catalog::ParamType;

using Params = std::vector<ParamSpec>;

const ParamSpec* firstOf(const Params& params, bool (*fits)(const ParamSpec&)) {
  const auto found = std::find_if(params.begin(), params.end(), fits);
  return found == params.end() ? nullptr : &*found;
}

bool takesText(const ParamSpec& spec) {
  return spec.required &&
         (spec.type == ParamType::Expression || spec.type == ParamType::Field || spec.type == ParamType::Path);
}
bool takesColumns(const ParamSpec& spec) {
  return spec.required && spec.type == ParamType::Fields;
}
bool takesDuration(const ParamSpec& spec) {
  return spec.required && spec.type == ParamType::Duration;
}
bool isName(const ParamSpec& spec) {
  return spec.required && spec.type == ParamType::Text;
}
bool isColumn(const ParamSpec& spec) {
  return spec.type == ParamType::Field;
}
bool isSource(const ParamSpec& spec) {
  return spec.required && (spec.type == ParamType::Expression || spec.type == ParamType::Field);
}
bool isAggregate(const ParamSpec& spec) {
  return spec.type == ParamType::Choice && spec.aggregates;
}

// Of a list of objects: what stands in each of them.
const Params* itemsOf(const ParamSpec& spec) {
  const bool objects = spec.required && spec.type == ParamType::List && !spec.element.empty() &&
                       spec.element.front().type == ParamType::Object;
  return objects ? &spec.element.front().members : nullptr;
}
bool listsAggregates(const ParamSpec& spec) {
  const Params* const items = itemsOf(spec);
  return items != nullptr && firstOf(*items, isAggregate) != nullptr && firstOf(*items, isName) != nullptr;
}
bool listsColumns(const ParamSpec& spec) {
  const Params* const items = itemsOf(spec);
  return items != nullptr && firstOf(*items, isSource) != nullptr && firstOf(*items, isName) != nullptr;
}

json::Value textOf(const QString& text) {
  return json::Value::text(text.toStdString());
}

// At commas that stand in no brackets and no quotes.
QStringList parted(const QString& text) {
  QStringList parts{QString()};
  int depth = 0;
  QChar quote;
  for (const QChar c : text) {
    if (!quote.isNull()) {
      if (c == quote) quote = QChar();
    } else if (c == u'\'' || c == u'"') {
      quote = c;
    }
    if (quote.isNull()) depth += c == u'(' ? 1 : c == u')' ? -1 : 0;
    if (c == u',' && depth == 0 && quote.isNull()) {
      parts.append(QString());
    } else {
      parts.back().append(c);
    }
  }
  for (QString& part : parts) part = part.trimmed();
  parts.removeAll(QString());
  return parts;
}

json::Value columnsOf(const QString& text) {
  json::Value names = json::Value::list();
  for (const QString& name : text.split(QRegularExpression(QStringLiteral("[,\\s]+")), Qt::SkipEmptyParts)) {
    names.items().push_back(textOf(name));
  }
  return names;
}

// "5 minutes", "hour" -> "5m", "1h"; anything else stays as it is written.
QString durationOf(const QString& text) {
  static const std::pair<QRegularExpression, const char*> kUnits[] = {
      {QRegularExpression(QStringLiteral("^(\\d*)\\s*(?:ms|milliseconds?)$")), "ms"},
      {QRegularExpression(QStringLiteral("^(\\d*)\\s*(?:s|secs?|seconds?)$")), "s"},
      {QRegularExpression(QStringLiteral("^(\\d*)\\s*(?:m|mins?|minutes?)$")), "m"},
      {QRegularExpression(QStringLiteral("^(\\d*)\\s*(?:h|hours?)$")), "h"},
      {QRegularExpression(QStringLiteral("^(\\d*)\\s*(?:d|days?)$")), "d"}};
  const QString lower = text.trimmed().toLower();
  for (const auto& [form, unit] : kUnits) {
    const QRegularExpressionMatch match = form.match(lower);
    if (!match.hasMatch()) continue;
    return (match.captured(1).isEmpty() ? QStringLiteral("1") : match.captured(1)) + QLatin1String(unit);
  }
  return text.trimmed();
}

// "amount * 2 as double", "a to b", or a column alone.
json::Value namedColumn(const QString& text, const Params& members) {
  static const QRegularExpression kNamed(QStringLiteral("^(.*\\S)\\s+(?:as|to)\\s+(\\w+)$"),
                                         QRegularExpression::CaseInsensitiveOption);
  static const QRegularExpression kWord(QStringLiteral("^\\w+$"));
  const QRegularExpressionMatch match = kNamed.match(text);
  const QString source = match.hasMatch() ? match.captured(1) : text;
  json::Value item = json::Value::object();
  const auto set = [&](const ParamSpec* spec, const QString& value) { item.set(spec->name, textOf(value)); };
  const QString name = match.hasMatch() ? match.captured(2) : kWord.match(text).hasMatch() ? text : QString();
  // As files write them.
  for (const ParamSpec& spec : members) {
    if (&spec == firstOf(members, isSource)) set(&spec, source);
    if (&spec == firstOf(members, isName) && !name.isEmpty()) set(&spec, name);
  }
  return item;
}

// "count", "sum amount", "avg(amount) as mean"; nothing: none of the aggregates.
std::optional<json::Value> aggregateOf(const QString& text, const Params& members) {
  static const QRegularExpression kForm(
      QStringLiteral("^(\\w+)(?:\\s*\\(\\s*([^)]*?)\\s*\\)|\\s+(?:of\\s+)?((?!as\\b)\\S+))?(?:\\s+as\\s+(\\w+))?$"),
      QRegularExpression::CaseInsensitiveOption);
  const QRegularExpressionMatch match = kForm.match(text);
  const ParamSpec* const function = firstOf(members, isAggregate);
  const std::string word = match.captured(1).toLower().toStdString();
  if (std::find(function->choices.begin(), function->choices.end(), word) == function->choices.end()) return {};
  QString column = match.captured(2) + match.captured(3);
  if (column == QLatin1String("*")) column.clear();
  QString name = match.captured(4);
  if (name.isEmpty()) name = QString::fromStdString(word) + (column.isEmpty() ? QString() : u'_' + column);
  json::Value item = json::Value::object();
  for (const ParamSpec& spec : members) {
    if (&spec == firstOf(members, isName)) item.set(spec.name, textOf(name));
    if (&spec == function) item.set(spec.name, json::Value::text(word));
    if (&spec == firstOf(members, isColumn) && !column.isEmpty()) item.set(spec.name, textOf(column));
  }
  return item;
}

// "count, sum amount by region every 1m", its parts in any order: "per" is either.
struct WindowClause {
  QString aggregates;
  QString by;
  QString every;

  explicit WindowClause(const QString& text) {
    static const QRegularExpression kWords(QStringLiteral("(?:^|\\s)(by|every|per)\\s+"),
                                           QRegularExpression::CaseInsensitiveOption);
    auto words = kWords.globalMatch(text);
    aggregates = words.hasNext() ? text.left(words.peekNext().capturedStart()).trimmed() : text;
    while (words.hasNext()) {
      const QRegularExpressionMatch word = words.next();
      const qsizetype end = words.hasNext() ? words.peekNext().capturedStart() : text.size();
      const QString part = text.mid(word.capturedEnd(), end - word.capturedEnd()).trimmed();
      const bool isTime = bool{parseDuration(durationOf(part).toStdString())};
      const QString which = word.captured(1).toLower();
      (which == QLatin1String("every") || (which == QLatin1String("per") && isTime) ? every : by) = part;
    }
  }
};

std::optional<json::Value> windowParams(const Params& params, const QString& text, bool named) {
  const ParamSpec* const aggregates = firstOf(params, listsAggregates);
  const ParamSpec* const columns = firstOf(params, takesColumns);
  const ParamSpec* const duration = firstOf(params, takesDuration);
  if (aggregates == nullptr) return {};
  WindowClause clause(text);
  json::Value list = json::Value::list();
  bool understood = true;
  for (const QString& part : parted(clause.aggregates)) {
    std::optional<json::Value> item = aggregateOf(part, *itemsOf(*aggregates));
    understood = understood && item.has_value();
    if (item) list.items().push_back(std::move(*item));
  }
  // "tumble region every 1m": what is no aggregate is what it groups by.
  if (named && list.items().empty() && clause.by.isEmpty()) {
    clause.by = clause.aggregates;
    understood = true;
  }
  if (!understood || (list.items().empty() && !named)) return {};
  json::Value drafted = json::Value::object();
  for (const ParamSpec& spec : params) {
    if (&spec == columns && !clause.by.isEmpty()) drafted.set(spec.name, columnsOf(clause.by));
    if (&spec == duration && !clause.every.isEmpty()) drafted.set(spec.name, textOf(durationOf(clause.every)));
    if (&spec == aggregates && !list.items().empty()) drafted.set(spec.name, list);
  }
  return drafted;
}

// What stands after the name of the operator.
std::optional<json::Value> restParams(const Params& params, const QString& rest) {
  if (firstOf(params, listsAggregates) != nullptr) return windowParams(params, rest, true);
  json::Value drafted = json::Value::object();
  if (const ParamSpec* const text = firstOf(params, takesText)) {
    drafted.set(text->name, textOf(rest));
  } else if (const ParamSpec* const columns = firstOf(params, takesColumns)) {
    drafted.set(columns->name, columnsOf(rest));
  } else if (const ParamSpec* const list = firstOf(params, listsColumns)) {
    json::Value items = json::Value::list();
    for (const QString& part : parted(rest)) items.items().push_back(namedColumn(part, *itemsOf(*list)));
    drafted.set(list->name, std::move(items));
  } else {
    return {};
  }
  return drafted;
}

}  // namespace

std::optional<json::Value> clauseParams(const PaletteEntry& entry, const QString& text) {
  if (entry.spec == nullptr) return {};
  const QString words = text.simplified();
  if (!words.contains(u' ') && !words.contains(u'(')) return {};  // one word searches
  if (std::optional<json::Value> window = windowParams(entry.spec->params, words, false)) return window;
  const QString first = words.section(u' ', 0, 0);
  const QString rest = words.section(u' ', 1);
  const bool named =
      entry.keywords.contains(first, Qt::CaseInsensitive) || entry.title.compare(first, Qt::CaseInsensitive) == 0;
  if (!named || rest.isEmpty()) return {};
  std::optional<json::Value> drafted = restParams(entry.spec->params, rest);
  return drafted && !drafted->members().empty() ? drafted : std::nullopt;
}

}  // namespace weir::designer
