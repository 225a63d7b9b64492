#include "designer/model/help/form.hpp"
#include "designer/model/help/form_several.hpp"
#include "designer/model/help/form_topology.hpp"

#include "designer/model/edits/edits.hpp"
#include "designer/model/edits/paths.hpp"
#include "designer/model/tests/sample.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::designer;

class FormTest : public QObject {
  Q_OBJECT

  const catalog::Catalog catalog_ = sample::catalog();

  Form form(const topology::Topology& topology, const char* id) const {
    return formOf(topology, catalog_, topology::check(topology, catalog_, {}), id);
  }
  const catalog::ParamSpec& spec(const char* use, const char* name) const { return *catalog_.find(use)->param(name); }

 private Q_SLOTS:
  void fieldsComeFromTheManifest() {
    const Form form = this->form(sample::topology(), "large");
    QCOMPARE(form.title, QString("Filter"));
    QCOMPARE(form.subtitle, QString("shop.filter · plugin shop 1.2.0"));
    QCOMPARE(form.fields.size(), std::size_t{2});
    QCOMPARE(form.fields[0].path, std::string("params.where"));
    QCOMPARE(shownValue(form.fields[0].value), QString("amount > 100"));
    QVERIFY(form.fields[0].required);
    QCOMPARE(form.fields[1].title, QString("Limit"));
    QCOMPARE(form.fields[1].placeholder, QString("10"));
    QCOMPARE(form.incoming, (std::vector<std::string>{"region", "amount"}));
  }
  void parametersOfEverySourceStandApart() {
    const Form form = this->form(sample::topology(), "orders");
    QVERIFY(form.fields.empty());
    QVERIFY(!form.standard.empty());
  }
  void whatTheCheckSaysStandsAtItsField() {
    const Edit edit = *setValue(sample::topology(), "large", "params.where", json::Value::text("amout > 1"));
    const Form form = this->form(edit.after, "large");
    QCOMPARE(form.fields[0].errors.size(), 1);
    QVERIFY(form.fields[0].errors[0].contains("amout"));
    QVERIFY(form.fields[1].errors.isEmpty());
  }
  // large and a second filter.
  static topology::Topology twoFilters() {
    topology::Topology topology = addNode(sample::topology(), "shop.filter", {0, 0}).after;
    topology = setValue(topology, "filter", "params.where", json::Value::text("amount > 1"))->after;
    return setValue(topology, "filter", "params.limit", json::Value::number(7))->after;
  }
  Form several(const topology::Topology& topology, const std::vector<std::string>& ids) const {
    return formOfSeveral(topology, catalog_, topology::check(topology, catalog_, {}), ids);
  }
  void severalOfOneOperatorShareAllSettings() {
    const topology::Topology topology = setValue(twoFilters(), "large", "params.limit", json::Value::number(7))->after;
    const Form form = several(topology, {"filter", "large"});
    QCOMPARE(form.fields.size(), std::size_t{2});
    QVERIFY(form.fields[0].several && form.fields[0].value.isNull());
    QCOMPARE(form.fields[0].placeholder, QString("Several values"));
    QVERIFY(!form.fields[1].several);
    QCOMPARE(shownValue(form.fields[1].value), QString("7"));
    QCOMPARE(form.about.size(), std::size_t{2});
    QCOMPARE(form.about[0].path, std::string("disabled"));
    QCOMPARE(form.about[1].path, std::string("guarantee"));
  }
  void severalOfDifferentOperatorsShareWhatHasOneNameAndType() {
    const topology::Topology topology = addNode(sample::topology(), "shop.drop", {0, 0}).after;
    const Form form = several(topology, {"drop", "large"});
    QVERIFY(form.fields.empty());
    QCOMPARE(form.about.size(), std::size_t{2});
  }
  void aChangeGoesToAllOfThemInOneStep() {
    const Result<Edit> edit =
        setFieldOfAll(twoFilters(), {"filter", "large"}, "params.where", json::Value::text("true"));
    for (const char* const id : {"filter", "large"}) {
      QCOMPARE(valueAt(edit->after, id, "params.where").asText(), std::string("true"));
    }
    QVERIFY(!edit->mergeKey.empty());
    const Result<Edit> gone = setFieldOfAll(edit->after, {"filter", "large"}, "params.where", {});
    QVERIFY(valueAt(gone->after, "large", "params.where").isNull());
  }
  void nodesAndTopicsShareSettingsToo() {
    const Form form = several(sample::topology(), {"archive", "orders"});
    QVERIFY(!form.standard.empty());
    for (const FormField& field : form.standard) QVERIFY(field.path.starts_with("params."));
    const Result<Edit> edit =
        setFieldOfAll(sample::topology(), {"archive", "orders"}, "params.event_time.field", json::Value::text("ts"));
    QCOMPARE(valueAt(edit->after, "archive", "event_time.field").asText(), std::string("ts"));
    QCOMPARE(valueAt(edit->after, "orders", "params.event_time.field").asText(), std::string("ts"));
  }
  void aMissingPluginsParametersAreShown() {
    topology::Topology topology = addNode(sample::topology(), "geo.locate", {0, 0}).after;
    topology = setValue(topology, "locate", "params.city", json::Value::text("Ulm"))->after;
    const Form form = this->form(topology, "locate");
    QVERIFY(form.subtitle.contains("not installed"));
    QCOMPARE(form.fields.size(), std::size_t{1});
    QVERIFY(form.fields[0].spec == nullptr);
    QCOMPARE(shownValue(form.fields[0].value), QString("Ulm"));
  }
  void aNodeShowsTheIdsThatItHad() {
    const topology::Topology saved = sample::topology();
    const topology::Topology named = changeId(saved, saved, "large", "big")->after;
    const auto shown = [&](const topology::Topology& topology) {
      QStringList ids;
      for (const FormField& field : form(topology, "big").about) {
        if (field.path != "was") continue;
        for (const auto& item : field.items) {
          ids.append(QString::fromStdString(item.at(0).path) + " " + shownValue(item.at(0).value));
        }
      }
      return ids;
    };
    QCOMPARE(shown(named), QStringList{"was.0 large"});
    const topology::Topology typed = setField(named, "big", "was.1", json::Value::text("huge"))->after;
    QCOMPARE(shown(typed), QStringList({"was.0 large", "was.1 huge"}));
    QCOMPARE(shown(setField(typed, "big", "was.0", {})->after), QStringList{"was.0 huge"});
    QCOMPARE(shown(setField(typed, "big", "was", {})->after), QStringList());
    QVERIFY(setField(named, "big", "was", {})->after.node("big")->was.empty());
    QVERIFY(!setField(named, "big", "was.7", json::Value::text("x")));
  }
  void aTopicHasItsSettings() {
    const Form form = this->form(sample::topology(), "archive");
    QVERIFY(std::any_of(form.fields.begin(), form.fields.end(),
                        [](const FormField& field) { return field.path == "partitions"; }));
  }
  void typedTextBecomesWhatTheParameterTakes() {
    const auto typed = [&](const char* use, const char* name, const char* text) {
      return json::write(typedValue(spec(use, name), text));
    };
    QCOMPARE(typed("shop.filter", "limit", " 12 "), std::string("12"));
    QCOMPARE(typed("shop.filter", "limit", "twelve"), std::string("\"twelve\""));
    QCOMPARE(typed("shop.filter", "limit", "${param:limit}"), std::string("\"${param:limit}\""));
    QCOMPARE(typed("shop.drop", "fields", "region, amount"), std::string("[\"region\",\"amount\"]"));
    QCOMPARE(typed("shop.filter", "where", ""), std::string("null"));
  }
};

WEIR_TEST(FormTest)
#include "form_test.moc"
