// A whole session in front of a screen: the orders topology is drawn from an empty window, saved and run.
#include <QApplication>
#include <QFile>
#include <QProcess>
#include <QScreen>
#include <QTest>
#include <thread>

#include "core/base/json_parser.hpp"
#include "designer/model/document/document.hpp"
#include "designer/ui/canvas/view/canvas_view.hpp"
#include "designer/ui/panels/inspector/inspector_head.hpp"
#include "designer/ui/panels/inspector/inspector_panel.hpp"
#include "designer/ui/panels/lists/find_bar.hpp"
#include "tests/program/places.hpp"
#include "tests/session/designer_session.hpp"
#include "tests/session/virtual_screen.hpp"

using namespace weir;            // NOLINT: this file is all about them
using namespace weir::designer;  // NOLINT
using json::Value;

namespace {

constexpr int kLimit = 120'000;  // milliseconds for one run
const QString kShipped = weir::places::inRepository("topologies/orders_per_minute_by_region.weir");
const QString kFlights = weir::places::inRepository("topologies/data/flights/departures-2013-01.ndjson");
const QString kPicture = weir::places::inBuild("tests/session_gave_up.png");
constexpr const char* kExpression = "region || ':' || cast(epoch_millis(window_start) as string)";
constexpr const char* kDoc = "Counts orders per region and minute, by the time at which each order was placed.";

QByteArray contents(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// The file's value without where things stand.
QString withoutLayout(const QByteArray& bytes) {
  Result<Value> value = json::parseText(bytes.toStdString());
  if (!value) return QString::fromStdString(value.error().message);
  std::erase_if(value->members(), [](const json::Member& member) { return member.name == "layout"; });
  return QString::fromStdString(json::write(*value));
}

// Keeps what was on the screen, and ends what has an event loop of its own.
void giveUp() {
  QGuiApplication::primaryScreen()->grabWindow().save(kPicture);
  while (QWidget* const popup = QApplication::activePopupWidget()) popup->close();
  if (QWidget* const dialog = QApplication::activeModalWidget()) dialog->close();
}

// What `weir` printed; a text in brackets when it failed.
QByteArray weirSays(const QStringList& arguments) {
  QProcess weir;
  weir.start(weir::places::inBuild("bin/weir"), arguments);
  const bool ended = weir.waitForFinished(kLimit);
  if (ended && weir.exitCode() == 0) return weir.readAllStandardOutput();
  return "[weir " + arguments.join(' ').toUtf8() + ": " + weir.readAllStandardError() + "]";
}

}  // namespace

class SessionTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theOrdersTopologyIsDrawnWithTheMouse();
  void theOrdersTopologyIsDrawnWithTheKeyboard();
  void aDataFileIsCountedInFifteenGestures();

 private:
  // Runs `script` in the thread of the user while the windows live in this one; says why the user gave up.
  static QString act(const std::function<void()>& script);
  static void check(const DesignerSession& session, const QString& path);
};

QString SessionTest::act(const std::function<void()>& script) {
  QString why;
  QEventLoop loop;
  std::thread user([&] {
    try {
      script();
    } catch (const User::GaveUp& gaveUp) {
      why = gaveUp.why + " (the screen is in " + kPicture + ")";
      QMetaObject::invokeMethod(qApp, &giveUp, Qt::BlockingQueuedConnection);
    }
    QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
  });
  loop.exec();
  user.join();
  return why;
}

void SessionTest::check(const DesignerSession& session, const QString& path) {
  const QString drawn = withoutLayout(contents(path));
  QVERIFY2(drawn == withoutLayout(contents(kShipped)), qPrintable("saved as " + drawn));
  const QString input = session.pathOf("orders.ndjson");
  QFile orders(input);
  QVERIFY(orders.open(QIODevice::WriteOnly));
  for (const char* const minute : {"00", "01", "01"}) {
    orders.write(QByteArray(R"({"order_id":1,"region":"eu","amount":2.5,"ts":"2026-01-01T00:)") + minute + R"(:30Z"})" +
                 "\n");
  }
  orders.close();
  const QString home = session.pathOf("home");
  const QByteArray ran = weirSays({"run", path, "--home", home, "--until-end", "--param", "orders=" + input});
  QVERIFY2(!ran.startsWith('['), ran);
  const QByteArray rows = weirSays({"topic", "read", "orders-per-minute-by-region", "--home", home});
  QCOMPARE(rows.count('\n'), 2);
  QVERIFY2(rows.contains("eu:1767225600000") && rows.contains("eu:1767225660000"), rows);
}

void SessionTest::theOrdersTopologyIsDrawnWithTheMouse() {
  DesignerSession at;
  const QString path = at.pathOf("drawn.weir");
  User user;

  const auto becomes = [&](const std::string& id, const std::string& where, const Value& value) {
    user.waitFor(QString::fromStdString(id + " " + where + " = " + json::write(value)),
                 [&] { return at.value(id, where) == value; });
  };
  // Scrolls the form until that is to be seen.
  const auto reach = [&](const QString& what, const User::Where& where) {
    for (int steps = 0; steps < 20 && !user.sees([&] { return where().has_value(); }); ++steps) {
      user.scroll("the form", at.form(), true);
    }
    for (int steps = 0; steps < 40 && !user.sees([&] { return where().has_value(); }); ++steps) {
      user.scroll("the form", at.form(), false);
    }
    user.find(what, where);
  };
  const auto fill = [&](const std::string& id, const std::string& where, const char* text, const Value& value) {
    const QString what = QString::fromStdString("the field " + where);
    reach(what, at.field(where));
    user.tripleClick(what, at.field(where));
    user.type(text);
    becomes(id, where, value);
  };
  const auto choose = [&](const std::string& id, const std::string& where, const char* title, const Value& value) {
    const QString what = QString::fromStdString("the box " + where);
    reach(what, at.arrow(where));
    user.click(what, at.arrow(where));
    user.click(QString("the choice ") + title, at.popupRow(title));
    becomes(id, where, value);
  };
  const auto press = [&](const std::string& where, const char* words) {
    reach(words, at.buttonIn(where, words));
    user.click(words, at.buttonIn(where, words));
  };
  const auto place = [&](const char* title, double x, double y, const char* given, const char* id) {
    user.drag(title, at.paletteRow(title), at.canvasAt(x, y));
    user.waitFor(QString(title) + " on the canvas", [&] { return at.canvas().placed().node(given) != nullptr; });
    user.tripleClick("the id", at.idField());
    user.enter(id);
    user.waitFor(QString(id) + " on the canvas", [&] { return at.canvas().placed().node(id) != nullptr; });
  };
  const auto wire = [&](const User::Where& from, const User::Where& to, const char* edge) {
    user.drag(edge, from, to);
    user.waitFor(edge, [&] { return at.connected(edge); });
  };

  const QString why = act([&] {
    place("File source", 0.2, 0.25, "source", "orders");
    place("Tumbling window", 0.75, 0.25, "tumbling", "per_minute");
    place("Select", 0.2, 0.65, "select", "keyed");
    place("Topic", 0.55, 0.65, "topic", "result");

    wire(at.output("orders", "out"), at.input("per_minute", "in"), "orders.out -> per_minute.in");
    wire(at.output("per_minute", "out"), at.input("keyed", "in"), "per_minute.out -> keyed.in");
    wire(at.output("keyed", "out"), at.input("result", ""), "keyed.out -> result");

    user.click("orders", at.node("orders"));
    fill("orders", "params.path", "${param:orders}", Value::text("${param:orders}"));
    choose("orders", "params.format", "JSON", Value::text("json.json"));
    const std::pair<const char*, const char*> columns[] = {
        {"order_id", "int64"}, {"region", "string"}, {"amount", "float64"}, {"ts", "timestamp"}};
    for (int row = 0; row < 4; ++row) {
      const std::string item = "params.schema." + std::to_string(row);
      press("params.schema", "Add a column");
      user.waitFor("a column", [&] { return !at.value("orders", item).isNull(); });
      user.enter(columns[row].first);
      becomes("orders", item + ".name", Value::text(columns[row].first));
      const User::Where type = at.cell("params.schema", row, 1);
      reach("the type", type);
      user.doubleClick("the type", type);
      user.tripleClick("the type", type);
      user.enter(columns[row].second);
      becomes("orders", item + ".type", Value::text(columns[row].second));
      user.click("may be null", at.cell("params.schema", row, 2));
      becomes("orders", item + ".nullable", Value::boolean(false));
    }
    reach("more settings", at.more());
    user.click("more settings", at.more());
    choose("orders", "params.event_time.field", "ts", Value::text("ts"));
    fill("orders", "params.event_time.disorder", "5s", Value::text("5s"));

    user.click("per_minute", at.node("per_minute"));
    fill("per_minute", "params.group_by", "region", Value::list({Value::text("region")}));
    fill("per_minute", "params.size", "1m", Value::text("1m"));
    fill("per_minute", "params.grace", "0s", Value::text("0s"));
    press("params.aggregates", "Add");
    fill("per_minute", "params.aggregates.0.name", "orders", Value::text("orders"));
    choose("per_minute", "params.aggregates.0.function", "Count", Value::text("count"));
    choose("per_minute", "params.emit", "On close", Value::text("on_close"));

    user.click("keyed", at.node("keyed"));
    press("params.fields", "Add");
    fill("keyed", "params.fields.0.name", "key", Value::text("key"));
    fill("keyed", "params.fields.0.expression", kExpression, Value::text(kExpression));
    press("params.fields", "Add");
    fill("keyed", "params.fields.1.name", "orders", Value::text("orders"));
    fill("keyed", "params.fields.1.expression", "orders", Value::text("orders"));

    user.click("result", at.node("result"));
    user.tripleClick("the name", at.nameField());
    user.type("orders-per-minute-by-region");
    fill("result", "partitions", "1", Value::number(1));
    fill("result", "key", "key", Value::list({Value::text("key")}));

    user.click("nothing", at.canvasAt(0.5, 0.9));
    fill("", "name", "orders_per_minute_by_region", Value::text("orders_per_minute_by_region"));
    fill("", "doc", kDoc, Value::text(kDoc));
    press("params", "Add");
    fill("", "params.0.name", "orders", Value::text("orders"));
    choose("", "params.0.type", "Text", Value::text("text"));
    fill("", "params.0.default", "data/orders/*.ndjson", Value::text("data/orders/*.ndjson"));

    user.click("the menu", at.menu("File"));
    user.click("the entry", at.menuEntry("Save"));
    user.tripleClick("the file's name", at.dialogLine());
    user.type(path);
    // The list that completes names, if it is there, takes the first click for itself.
    const auto listed = [] { return QApplication::activePopupWidget() != nullptr; };
    if (user.sees(listed)) user.press("Escape");
    user.click("the button", at.dialogButton("Save"));
    user.waitFor("the file", [&] { return QFile::exists(path); });
  });
  QVERIFY2(why.isEmpty(), qPrintable(why));
  check(at, path);
}

void SessionTest::theOrdersTopologyIsDrawnWithTheKeyboard() {
  DesignerSession at;
  const QString path = at.pathOf("drawn.weir");
  User user;

  const auto becomes = [&](const std::string& id, const std::string& where, const Value& value) {
    user.waitFor(QString::fromStdString(id + " " + where + " = " + json::write(value)),
                 [&] { return at.value(id, where) == value; });
  };
  // Goes on from field to field.
  const auto reach = [&](const QString& what, const std::function<bool()>& isThere) {
    for (int steps = 0; steps < 60 && !user.sees(isThere); ++steps) user.press("Tab");
    user.waitFor(what, isThere);
  };
  const auto fill = [&](const std::string& id, const std::string& where, const char* text, const Value& value) {
    reach(QString::fromStdString("the field " + where), [&] { return at.hasFocus(at.fieldWidget(where)); });
    user.press("ctrl+a");
    user.type(text);
    becomes(id, where, value);
  };
  const auto choose = [&](const std::string& id, const std::string& where, const char* title, const Value& value) {
    reach(QString::fromStdString("the box " + where), [&] { return at.hasFocus(at.fieldWidget(where)); });
    user.press("alt+Down");
    user.find(title, at.popupRow(title));
    user.type(title);
    user.press("Return");
    becomes(id, where, value);
  };
  const auto press = [&](const std::string& where, const char* words) {
    const auto onButton = [&] { return at.hasFocus(at.button(where, words)); };
    reach(words, onButton);
    user.press("space");
    user.waitFor("the cursor in what is new", [&] { return !onButton(); });
  };
  const auto onCanvas = [&] { return QApplication::focusWidget() == &at.canvas(); };
  const auto place = [&](const char* title, const char* given, const char* id) {
    user.press("a");
    user.waitFor("the list", [&] { return at.hasFocus(at.canvas().popup()); });
    user.enter(title);
    user.waitFor(QString(title) + " on the canvas", [&] { return at.has(given); });
    user.press("Return");  // to the first setting, and back from there
    const auto inId = [&] { return at.hasFocus(&at.inspector().head().id()); };
    user.waitFor("the inspector", [&] { return at.hasFocus(&at.inspector()); });
    for (int steps = 0; steps < 60 && !user.sees(inId); ++steps) user.press("shift+Tab");
    user.waitFor("the id", inId);
    user.press("ctrl+a");
    user.enter(id);
    user.waitFor(QString(id) + " on the canvas", [&] { return at.has(id); });
  };
  const auto goTo = [&](const char* id) {
    user.press("ctrl+f");
    user.waitFor("the search", [&] { return at.hasFocus(at.canvas().findChild<FindBar*>()); });
    user.press("ctrl+a");
    user.type(id);
    const auto selected = [&] { return at.canvas().document().selection() == Selection{id}; };
    // Others may have it in their names.
    for (int times = 0; times < 4 && !user.sees(selected); ++times) user.press("Return");
    user.waitFor(QString(id) + " is selected", selected);
    for (int times = 0; times < 2 && !user.sees(onCanvas); ++times) user.press("Escape");
    user.waitFor("the canvas", onCanvas);
  };
  const auto wire = [&](const char* from, const char* name, const char* edge) {
    goTo(from);
    user.press("c");
    user.waitFor("the list", [&] { return at.hasFocus(at.canvas().popup()); });
    user.enter(name);
    user.waitFor(edge, [&] { return at.connected(edge); });
  };

  const QString why = act([&] {
    // On the first card of the empty window, from where A works too.
    user.waitFor("the focus", [&] { return at.hasFocus(&at.canvas()); });
    user.waitFor("the plugins", [&] { return at.paletteRow("Topic")().has_value(); });
    place("File source", "source", "orders");
    fill("orders", "params.path", "${param:orders}", Value::text("${param:orders}"));
    choose("orders", "params.format", "JSON", Value::text("json.json"));
    const std::pair<const char*, const char*> columns[] = {
        {"order_id", "int64"}, {"region", "string"}, {"amount", "float64"}, {"ts", "timestamp"}};
    for (int row = 0; row < 4; ++row) {
      const std::string item = "params.schema." + std::to_string(row);
      press("params.schema", "Add a column");
      user.waitFor("a column", [&] { return !at.value("orders", item).isNull(); });
      user.enter(columns[row].first);
      becomes("orders", item + ".name", Value::text(columns[row].first));
      user.press("Right");
      user.press("F2");
      user.press("ctrl+a");
      user.enter(columns[row].second);
      becomes("orders", item + ".type", Value::text(columns[row].second));
      user.press("Right");
      user.press("space");
      becomes("orders", item + ".nullable", Value::boolean(false));
    }
    reach("more settings", [&] { return at.hasFocus(at.moreSettings()); });
    user.press("space");
    fill("orders", "params.event_time.field", "ts", Value::text("ts"));
    fill("orders", "params.event_time.disorder", "5s", Value::text("5s"));

    goTo("orders");
    place("Tumbling window", "tumbling", "per_minute");
    user.waitFor("its wire", [&] { return at.connected("orders.out -> per_minute.in"); });
    fill("per_minute", "params.group_by", "region", Value::list({Value::text("region")}));
    fill("per_minute", "params.size", "1m", Value::text("1m"));
    fill("per_minute", "params.grace", "0s", Value::text("0s"));
    press("params.aggregates", "Add");
    fill("per_minute", "params.aggregates.0.name", "orders", Value::text("orders"));
    choose("per_minute", "params.aggregates.0.function", "Count", Value::text("count"));
    choose("per_minute", "params.emit", "On close", Value::text("on_close"));

    goTo("per_minute");
    place("Select", "select", "keyed");
    user.waitFor("its wire", [&] { return at.connected("per_minute.out -> keyed.in"); });
    press("params.fields", "Add");
    fill("keyed", "params.fields.0.name", "key", Value::text("key"));
    fill("keyed", "params.fields.0.expression", kExpression, Value::text(kExpression));
    press("params.fields", "Add");
    fill("keyed", "params.fields.1.name", "orders", Value::text("orders"));
    fill("keyed", "params.fields.1.expression", "orders", Value::text("orders"));

    user.press("F6");
    user.waitFor("the canvas", onCanvas);
    user.press("Escape");
    place("Topic", "topic", "result");  // nothing is selected: it is connected with C
    fill("result", "topic", "orders-per-minute-by-region", Value::text("orders-per-minute-by-region"));
    fill("result", "partitions", "1", Value::number(1));
    fill("result", "key", "key", Value::list({Value::text("key")}));

    // The others were connected when they were added.
    wire("keyed", "orders-per-minute-by-region", "keyed.out -> result");

    user.press("Escape");
    user.press("Return");
    fill("", "name", "orders_per_minute_by_region", Value::text("orders_per_minute_by_region"));
    fill("", "doc", kDoc, Value::text(kDoc));
    press("params", "Add");
    fill("", "params.0.name", "orders", Value::text("orders"));
    choose("", "params.0.type", "Text", Value::text("text"));
    fill("", "params.0.default", "data/orders/*.ndjson", Value::text("data/orders/*.ndjson"));

    user.press("ctrl+s");
    user.waitFor("the dialog", [] {
      const QWidget* const focus = QApplication::focusWidget();
      return focus != nullptr && focus->objectName() == "fileNameEdit" && focus->window()->isActiveWindow();
    });
    user.enter(path);
    user.waitFor("the file", [&] { return QFile::exists(path); });
  });
  QVERIFY2(why.isEmpty(), qPrintable(why));
  check(at, path);
}

void SessionTest::aDataFileIsCountedInFifteenGestures() {
  DesignerSession at;
  const QString data = at.pathOf("flights.ndjson");
  const QString counts = at.pathOf("counts.ndjson");
  const QString copies = at.pathOf("copies.ndjson");
  const QString path = at.pathOf("counted.weir");
  QVERIFY(QFile::copy(kFlights, data));
  User user;
  int gestures = 0;
  const auto press = [&](const char* keys) {
    ++gestures;
    user.press(keys);
  };
  const auto enter = [&](const QString& text) {
    ++gestures;
    user.enter(text);
  };
  const auto inDialog = [] {
    const QWidget* const focus = QApplication::focusWidget();
    return focus != nullptr && focus->objectName() == "fileNameEdit" && focus->window()->isActiveWindow();
  };
  const auto addBehind = [&](const QString& clause, const char* wire) {
    press("a");
    user.waitFor("the list", [&] { return at.hasFocus(at.canvas().popup()); });
    enter(clause);
    user.waitFor(wire, [&] { return at.connected(wire); });
  };

  const QString why = act([&] {
    user.waitFor("the focus", [&] { return at.hasFocus(&at.canvas()); });
    user.waitFor("the plugins", [&] { return at.paletteRow("Topic")().has_value(); });
    press("Tab");  // to the card of data files
    press("Return");
    user.waitFor("the dialog", inDialog);
    enter(data);
    user.waitFor("the columns", [&] { return at.value("flights", "params.schema").items().size() > 3; });
    addBehind("where distance > 1000", "flights.out -> filter.in");
    addBehind("count by carrier every 1h", "filter.out -> tumbling.in");
    addBehind("write " + counts, "tumbling.out -> sink.in");
    press("Left");
    user.waitFor("the window", [&] { return at.canvas().document().selection() == Selection{"tumbling"}; });
    addBehind("write " + copies, "tumbling.out -> sink_2.in");
    press("ctrl+s");
    user.waitFor("the dialog", inDialog);
    enter(path);
    user.waitFor("the file", [&] { return QFile::exists(path); });
  });
  QVERIFY2(why.isEmpty(), qPrintable(why));
  QVERIFY2(gestures <= 15, qPrintable(QString::number(gestures)));

  const QByteArray said = weirSays({"run", path, "--home", at.pathOf("home"), "--until-end"});
  QVERIFY2(!said.startsWith('['), said.constData());
  QVERIFY(contents(counts).contains("\"carrier\":\"UA\""));
  QCOMPARE(contents(copies), contents(counts));
}

int main(int argc, char** argv) {
  const VirtualScreen screen(QSize(1440, 900));
  if (screen.display().isEmpty()) {
    qCritical("%s", qPrintable(screen.error()));
    return 1;
  }
  qputenv("DISPLAY", screen.display());
  qputenv("QT_QPA_PLATFORM", "xcb");
  QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
  const QApplication application(argc, argv);
  SessionTest test;
  return QTest::qExec(&test, argc, argv);
}

#include "session_test.moc"
