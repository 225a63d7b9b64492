#include "designer/model/help/fixes_columns.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <map>
#include <set>

#include "core/expr/expr.hpp"
#include "core/expr/lexer.hpp"
#include "core/topology/graph/plugin_functions.hpp"
#include "core/topology/model/problem_codes.hpp"
#include "designer/model/edits/edits.hpp"

namespace weir::designer {

namespace {

using catalog::ParamSpec;
using catalog::ParamType;
using topology::FixStep;
using topology::QuickFix;

struct Words {
  Q_DECLARE_TR_FUNCTIONS(Fixes)
};

QString text(const std::string& utf8) {
  return QString::fromStdString(utf8);
}

// --- Names in expressions

// Where an expression names a column (or a function: the caller knows which it asks for).
std::vector<expr::Span> namesIn(const std::string& expression, const std::string* name) {
  std::vector<expr::Token> tokens;
  expr::CompileError error;
  std::vector<expr::Span> spans;
  if (!expr::tokenize(expression, tokens, error)) return spans;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const bool named = tokens[i].kind == expr::TokenKind::Word || tokens[i].kind == expr::TokenKind::QuotedName;
    const auto symbol = [&](std::size_t at, const char* text) {
      return at < tokens.size() && tokens[at].kind == expr::TokenKind::Symbol && tokens[at].text == text;
    };
    // name(...), or the plugin of plugin.name(...).
    const bool call = symbol(i + 1, "(") || (symbol(i + 1, ".") && symbol(i + 3, "("));
    if (named && !call && (name == nullptr || tokens[i].text == *name)) spans.push_back(tokens[i].span);
  }
  return spans;
}

std::string replaced(std::string expression, const std::vector<expr::Span>& spans, const std::string& by) {
  for (std::size_t at = spans.size(); at-- > 0;) {  // backwards: those before stay where they are
    expression.replace(spans[at].begin, spans[at].end - spans[at].begin, by);
  }
  return expression;
}

// --- Renaming downstream too

// A column that has another name than before.
struct Renaming {
  std::string from;
  std::string to;
};

// The column `name` of before, which is not there now: is there a new one in its place, of its type?
std::optional<Renaming> renamingOf(const Schema& before, const Schema& now, const std::string& name) {
  const std::optional<std::size_t> was = before.find(name);
  if (!was || now.find(name)) return std::nullopt;
  std::vector<const Field*> fresh;
  for (const Field& field : now.fields) {
    if (!before.find(field.name)) fresh.push_back(&field);
  }
  if (before.fields.size() == now.fields.size() && !before.find(now.fields[*was].name)) {
    return Renaming{name, now.fields[*was].name};
  }
  if (fresh.size() == 1 && fresh.front()->type == before.fields[*was].type) return Renaming{name, fresh.front()->name};
  return std::nullopt;
}

class Renamer {
 public:
  Renamer(const FixScene& scene, Renaming renaming) : scene_(scene), renaming_(std::move(renaming)) {}

  // Goes up to where the column got its new name, and from there down to wherever the old one was known.
  QuickFix from(const std::string& node) {
    std::vector<std::string> open{originOf(node)};
    while (!open.empty()) {
      const std::string at = open.back();
      open.pop_back();
      if (!seen_.insert(at).second) continue;
      rename(at);
      if (!passesOn(at)) continue;
      for (const auto& edge : scene_.topology.edges) {
        if (endOf(edge->from.value).node == at) open.emplace_back(endOf(edge->to.value).node);
      }
    }
    const QString title =
        nodes_ > 1 ? Words::tr("Rename \"%1\" to \"%2\" downstream too (%3 nodes)")
                         .arg(text(renaming_.from), text(renaming_.to))
                         .arg(nodes_)
                   : Words::tr("Rename \"%1\" to \"%2\" here too").arg(text(renaming_.from), text(renaming_.to));
    return {title.toStdString(), std::move(steps_)};
  }

 private:
  bool had(const std::string& node, bool output) const {
    const Schema* const schema = schemaAt(*scene_.before, node, output);
    return schema != nullptr && schema->find(renaming_.from).has_value();
  }

  std::string originOf(std::string node) const {
    std::set<std::string> seen;
    while (seen.insert(node).second) {
      std::string up;
      for (const auto& edge : scene_.topology.edges) {
        const std::string from(endOf(edge->from.value).node);
        const Schema* const now = schemaAt(scene_.checked, from, true);
        if (endOf(edge->to.value).node == node && had(from, true) && now != nullptr && now->find(renaming_.to))
          up = from;
      }
      // A node that itself gave the column its new name is not to be touched.
      const Schema* const into = up.empty() ? nullptr : schemaAt(scene_.checked, up, false);
      if (up.empty() || (into != nullptr && !into->find(renaming_.to))) return node;
      if (into == nullptr) return up;  // the source itself: its event time may name the column
      node = up;
    }
    return node;
  }

  void rename(const std::string& node) {
    const std::size_t before = steps_.size();
    forEachColumnUse(scene_, node, [&](const ParamSpec& spec, const std::string& path, const std::string& written) {
      std::string changed = written;
      if (spec.type == ParamType::Expression) {
        changed = replaced(written, namesIn(written, &renaming_.from), fieldNameText(renaming_.to));
      } else if (written == renaming_.from) {
        changed = renaming_.to;
      }
      if (changed == written) return;
      steps_.push_back({FixStep::Kind::Set, node, path, json::Value::text(changed)});
    });
    nodes_ += steps_.size() > before ? 1 : 0;
  }

  // Whether the column comes out of a node because it went in, rather than being made there.
  bool passesOn(const std::string& node) const {
    if (!had(node, true)) return false;
    const topology::Node* const found = scene_.topology.node(node);
    const catalog::OperatorSpec* const spec = found == nullptr ? nullptr : scene_.catalog.find(found->use.value);
    if (spec == nullptr) return found == nullptr;  // topics pass everything on
    if (spec->kind == catalog::OperatorKind::Source) return true;
    for (const json::Member& member : found->params.members()) {
      for (const json::Value& item : member.value.items()) {
        const json::Value* const name = item.find("name");
        if (name != nullptr && name->isText() && name->asText() == renaming_.from) return false;
      }
    }
    return true;
  }

  const FixScene& scene_;
  Renaming renaming_;
  std::set<std::string> seen_;
  std::vector<FixStep> steps_;
  int nodes_ = 0;
};

void addRenaming(const topology::Problem& problem, const std::string& written, const ParamSpec& spec,
                 const FixScene& scene, Fixes& fixes) {
  if (scene.before == nullptr) return;
  const std::optional<Schema> before = readableSchema(scene, *scene.before, problem.node);
  const std::optional<Schema> now = readableSchema(scene, scene.checked, problem.node);
  if (!before || !now) return;
  std::set<std::string> names{written};
  if (spec.type == ParamType::Expression) {
    names.clear();
    for (const expr::Span& span : namesIn(written, nullptr))
      names.insert(written.substr(span.begin, span.end - span.begin));
  }
  for (const std::string& name : names) {
    const std::optional<Renaming> renaming = renamingOf(*before, *now, name);
    if (!renaming) continue;
    QuickFix fix = Renamer(scene, *renaming).from(problem.node);
    if (!fix.steps.empty()) fixes.push_back(std::move(fix));
  }
}

// --- Conversions

bool fits(const std::string& expression, const Schema& schema, const ParamSpec& spec,
          const expr::Functions& functions) {
  const auto compiled = expr::compile(expression, schema, nullptr, &functions);
  return compiled && (spec.result.empty() || typeName((*compiled)->type()) == spec.result);
}

// Tries a cast around one column after the other.
void addConversions(const topology::Problem& problem, const std::string& path, const std::string& written,
                    const ParamSpec& spec, const FixScene& scene, Fixes& fixes) {
  constexpr std::size_t kMostOffers = 3;
  const std::optional<Schema> schema = readableSchema(scene, scene.checked, problem.node);
  const std::vector<expr::FunctionSignature> known = topology::functionsOf(scene.catalog);
  const expr::Functions functions{known, {}};
  if (!schema || fits(written, *schema, spec, functions)) return;
  const std::optional<Schema> before =
      scene.before == nullptr ? std::nullopt : readableSchema(scene, *scene.before, problem.node);
  std::size_t offers = 0;
  for (const expr::Span& span : namesIn(written, nullptr)) {
    const std::string name = written.substr(span.begin, span.end - span.begin);
    if (!schema->find(name)) continue;
    std::vector<std::string> types{"int64", "float64", "timestamp", "string"};
    // What it was before comes first: then everything after it is as it was.
    if (const auto was = before ? before->find(name) : std::nullopt) {
      types.insert(types.begin(), typeName(before->fields[*was].type));
    }
    std::set<std::string> tried;
    for (const std::string& type : types) {
      if (offers == kMostOffers || !tried.insert(type).second) continue;
      const std::string cast = "cast(" + name + " as " + type + ")";
      const std::string changed = replaced(written, {span}, cast);
      if (!fits(changed, *schema, spec, functions)) continue;
      fixes.push_back(setText(Words::tr("Convert: %1").arg(text(cast)), problem.node, path, changed));
      ++offers;
    }
  }
}

}  // namespace

void addColumnFixes(const topology::Problem& problem, const FixScene& scene, Fixes& fixes) {
  const std::string prefix = scene.topology.node(problem.node) != nullptr ? "params." : "";
  forEachColumnUse(scene, problem.node,
                   [&](const ParamSpec& spec, const std::string& path, const std::string& written) {
                     if (path != prefix + problem.parameter) return;
                     addRenaming(problem, written, spec, scene, fixes);
                     if (spec.type == ParamType::Expression) addConversions(problem, path, written, spec, scene, fixes);
                   });
}

}  // namespace weir::designer
