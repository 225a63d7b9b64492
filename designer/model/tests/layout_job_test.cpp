#include "designer/model/service/layout_job.hpp"

#include <QSignalSpy>

#include "designer/model/document/document.hpp"
#include "designer/model/tests/patience.hpp"
#include "designer/model/tests/sample.hpp"
#include "tests/program/test.hpp"

using namespace weir;
using namespace weir::designer;

class LayoutJobTest : public QObject {
  Q_OBJECT

  const catalog::Catalog catalog_ = sample::catalog();
  const drawing::InterMeasure measure_{};

  drawing::PictureLayout layoutOf(const topology::Topology& topology) const {
    return drawing::layoutOf(drawing::PictureMaker(catalog_, measure_).make(topology, {}));
  }
  // A long chain, which takes a while.
  static topology::Topology chain(int length) {
    topology::Topology topology;
    std::string before;
    for (int i = 0; i < length; ++i) {
      Edit edit = addNode(topology, "shop.filter", {0, 0});
      const std::string id = *edit.selection->begin();
      if (!before.empty()) edit = connectPorts(edit.after, before + ".out", id + ".in");
      topology = std::move(edit.after);
      before = id;
    }
    return topology;
  }

 private Q_SLOTS:
  void aLayoutIsOneUndoStepAndLogicStays() {
    Document document(chain(5));
    LayoutJob job;
    connect(&job, &LayoutJob::done, &document, [&](const Positions& positions) {
      document.apply(movedTo(document.topology(), changedOnly(document.topology(), positions), "Lay out"));
    });
    job.start(layoutOf(document.topology()));
    QVERIFY(job.running());
    QTRY_VERIFY(document.changed());
    QVERIFY(!document.logicChanged());
    QVERIFY(positionOf(document.topology(), "filter_2")->x > positionOf(document.topology(), "filter")->x);
    document.undo();
    QVERIFY(!document.changed());
  }
  void aCancelledLayoutNeverArrives() {
    LayoutJob job;
    QSignalSpy done(&job, &LayoutJob::done);
    job.start(layoutOf(chain(300)));
    job.cancel();
    QVERIFY(!job.running());
    // The next one arrives, after anything that the first might have sent.
    job.start(layoutOf(chain(3)));
    QTRY_COMPARE(done.count(), 1);
    QCOMPARE(done[0][0].value<Positions>().size(), std::size_t{3});
  }
  void whatStandsWhereItStoodIsNotMoved() {
    const topology::Topology topology = sample::topology();
    const Positions moved = changedOnly(topology, {{"orders", {0, 0}}, {"large", {8, 0}}});
    QCOMPARE(moved.size(), std::size_t{1});
  }
};

WEIR_TEST(LayoutJobTest)
#include "layout_job_test.moc"
