#include "model/open_drawing.hpp"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "sample.hpp"

using namespace weir;
using namespace weir::designer;

class OpenDrawingTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  const CatalogRef catalog_ = std::make_shared<const catalog::Catalog>(sample::catalog());

  std::unique_ptr<OpenDrawing> opened(CatalogRef catalog) const {
    return std::make_unique<OpenDrawing>(OpenDrawing::Start{sample::drawing(), {}, {}}, std::move(catalog),
                                         MakeDeriver(), folder_.path());
  }
  static bool hasProblemAt(const OpenDrawing& drawing, std::string_view node, std::string_view code) {
    const topology::Problems& problems = drawing.checked()->problems;
    return std::any_of(problems.begin(), problems.end(),
                       [&](const topology::Problem& problem) { return problem.node == node && problem.code == code; });
  }

 private Q_SLOTS:
  void everyEditIsChecked() {
    const auto drawing = opened(catalog_);
    Document& document = drawing->document();
    document.apply(*setValue(document.topology(), "large", "params.where", json::Value::text("amout > 1")));
    QTRY_VERIFY(hasProblemAt(*drawing, "large", "WEIR1303"));
    document.undo();
    QTRY_VERIFY(!hasProblemAt(*drawing, "large", "WEIR1303"));
  }
  void anotherCatalogIsCheckedAgain() {
    const auto drawing = opened(std::make_shared<const catalog::Catalog>());
    QTRY_VERIFY(hasProblemAt(*drawing, "large", "WEIR1101"));
    drawing->setCatalog(catalog_);
    QTRY_VERIFY(!hasProblemAt(*drawing, "large", "WEIR1101"));
  }
  void anEditCancelsALayout() {
    const auto drawing = opened(catalog_);
    Document& document = drawing->document();
    const drawing::InterMeasure measure;
    QSignalSpy edited(&document, &Document::edited);
    drawing->layOut(drawing::PictureMaker(*catalog_, measure).make(document.topology(), {}));
    document.apply(addNode(document.topology(), "shop.drop", {0, 0}));
    QCOMPARE(document.undoLabel(), QString("Add a node"));
    drawing->layOut(drawing::PictureMaker(*catalog_, measure).make(document.topology(), {}));
    QTRY_COMPARE(document.undoLabel(), QString("Lay out"));
    QCOMPARE(edited.count(), 2);
  }
};

QTEST_GUILESS_MAIN(OpenDrawingTest)
#include "open_drawing_test.moc"
