// What the menu Help shows: the documents, and which Weir this is.
#include <QFile>
#include <QImage>
#include <QListWidget>
#include <QSignalSpy>

#include "core/base/version.hpp"
#include "designer/ui/shell/tests/shell_fixture.hpp"
#include "designer/ui/shell/window/about_card.hpp"
#include "designer/ui/shell/window/docs_window.hpp"
#include "tests/program/test.hpp"

using namespace weir::designer;

class HelpTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { applyTheme(ColorScheme::Light); }
  void init() {
    shell_ = std::make_unique<ShellFixture>();
    shell_->open();
  }
  void cleanup() { shell_.reset(); }

  void withoutDocumentsThereIsNoCommandForThem();
  void documentsAreListedByTheirTitles();
  void aLinkLeadsToAnotherDocument();
  void aLinkToATopologyOpensIt();
  void picturesAreAsFineAsTheScreen();
  void theVersionIsTold();

 private:
  void write(const QString& name, const QByteArray& text) {
    QFile file(shell_->folder.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
  }
  DocsWindow& docs() {
    write("a.md", "# About rows\n\nRows.\n");
    write("designer.md", "# The designer\n\nSee [rows](a.md).\n");
    shell_->window->setDocsFolder(shell_->folder.path());
    shell_->window->actions().action("help.docs")->trigger();
    return *shell_->window->findChild<DocsWindow*>();
  }

  std::unique_ptr<ShellFixture> shell_;
};

void HelpTest::withoutDocumentsThereIsNoCommandForThem() {
  shell_->window->setDocsFolder({});
  QVERIFY(!shell_->window->actions().action("help.docs")->isVisible());
}

void HelpTest::documentsAreListedByTheirTitles() {
  const DocsWindow& window = docs();
  QVERIFY(window.isVisible());
  auto& list = *window.findChild<QListWidget*>();
  QCOMPARE(list.count(), 2);
  QCOMPARE(list.item(0)->text(), QString("The designer"));
  QCOMPARE(list.item(1)->text(), QString("About rows"));
  list.setCurrentRow(1);
  QVERIFY(window.findChild<DocsBrowser*>()->toPlainText().contains("Rows."));
}

void HelpTest::aLinkLeadsToAnotherDocument() {
  DocsWindow& window = docs();
  Q_EMIT window.browser().anchorClicked(QUrl("a.md"));
  QCOMPARE(window.list().currentItem()->text(), QString("About rows"));
  QVERIFY(window.browser().toPlainText().contains("Rows."));
}

void HelpTest::aLinkToATopologyOpensIt() {
  DocsWindow& window = docs();
  write("some.weir", "{}");
  QSignalSpy opened(shell_->window, &MainWindow::openRequested);
  Q_EMIT window.browser().anchorClicked(QUrl("gone.weir"));
  QCOMPARE(opened.size(), 0);
  Q_EMIT window.browser().anchorClicked(QUrl("some.weir"));
  QCOMPARE(opened.size(), 1);
  QCOMPARE(opened[0][0].toString(), shell_->folder.filePath("some.weir"));
}

void HelpTest::picturesAreAsFineAsTheScreen() {
  DocsWindow& window = docs();
  QImage large(4000, 100, QImage::Format_RGB32);
  QVERIFY(large.save(shell_->folder.filePath("large.png")));
  const auto image = window.browser().loadResource(QTextDocument::ImageResource, QUrl("large.png")).value<QImage>();
  QVERIFY(!image.isNull());
  QVERIFY(image.width() / image.devicePixelRatio() <= window.browser().viewport()->width());
  QCOMPARE(image.devicePixelRatio(), window.devicePixelRatio());
}

void HelpTest::theVersionIsTold() {
  shell_->window->actions().action("help.about")->trigger();
  const auto* const card = shell_->window->findChild<AboutCard*>();
  QVERIFY(card != nullptr);
  QVERIFY(card->words().startsWith("Weir " + QString::fromUtf8(weir::version())));
}

WEIR_TEST(HelpTest)
#include "help_test.moc"
