#include <QSemaphore>
#include <QSignalSpy>
#include <atomic>

#include "designer/model/edits/edits.hpp"
#include "designer/model/service/problem_checker.hpp"
#include "designer/model/tests/patience.hpp"
#include "designer/model/tests/sample.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::designer;

class CheckerTest : public QObject {
  Q_OBJECT

  const CatalogRef catalog_ = std::make_shared<const catalog::Catalog>(sample::catalog());

 private Q_SLOTS:
  void problemsArriveWithTheVersionThatHasThem() {
    ProblemChecker checker({});
    QSignalSpy checked(&checker, &ProblemChecker::checked);
    const Snapshot wrong =
        makeSnapshot(setValue(sample::topology(), "large", "params.where", json::Value::text("amout > 1"))->after);
    checker.check(wrong, catalog_);
    QTRY_COMPARE(checked.count(), 1);
    QCOMPARE(checked[0][0].value<Snapshot>(), wrong);
    const topology::Problems& problems = checked[0][1].value<Checked>()->problems;
    QVERIFY(std::any_of(problems.begin(), problems.end(), [](const topology::Problem& problem) {
      return problem.node == "large" && problem.parameter == "where";
    }));
  }
  void onlyTheNewestOfManyVersionsIsChecked() {
    QSemaphore started;
    QSemaphore go;
    // The first check waits for an operator while others are asked for.
    bool first = true;
    ProblemChecker checker([&](const CatalogRef&) {
      return [&](const topology::DeriveRequest& request) -> Result<std::vector<Schema>> {
        if (std::exchange(first, false)) {
          started.release();
          go.acquire();
        }
        return request.inputs;
      };
    });
    Edit shaped = addNode(sample::topology(), "shop.shape", {0, 0});
    shaped = connectPorts(shaped.after, "large.out", "shape.in");
    QSignalSpy checked(&checker, &ProblemChecker::checked);
    checker.check(makeSnapshot(shaped.after), catalog_);
    started.acquire();
    Snapshot last;
    for (int i = 0; i < 5; ++i) checker.check(last = makeSnapshot(shaped.after), catalog_);
    go.release();
    QTRY_COMPARE(checked.count(), 2);
    QCOMPARE(checked[1][0].value<Snapshot>(), last);
  }
  void operatorsAreNotAskedAgainForWhatDidNotChange() {
    std::atomic<int> asked = 0;
    ProblemChecker checker([&](const CatalogRef&) {
      return [&](const topology::DeriveRequest& request) -> Result<std::vector<Schema>> {
        ++asked;
        return request.inputs;
      };
    });
    Edit shaped = addNode(sample::topology(), "shop.shape", {0, 0});
    shaped = connectPorts(shaped.after, "large.out", "shape.in");
    QSignalSpy checked(&checker, &ProblemChecker::checked);
    checker.check(makeSnapshot(shaped.after), catalog_);
    QTRY_COMPARE(checked.count(), 1);
    QCOMPARE(asked, 1);
    checker.check(makeSnapshot(renameNode(shaped.after, "large", "Large").after), catalog_);
    QTRY_COMPARE(checked.count(), 2);
    QCOMPARE(asked, 1);
    // Other plugins may answer otherwise.
    checker.check(makeSnapshot(shaped.after), std::make_shared<const catalog::Catalog>(sample::catalog()));
    QTRY_COMPARE(checked.count(), 3);
    QCOMPARE(asked, 2);
  }
  void itEndsWhileSomethingIsAskedFor() {
    ProblemChecker checker({});
    checker.check(makeSnapshot(sample::topology()), catalog_);
  }
};

WEIR_TEST(CheckerTest)
#include "checker_test.moc"
