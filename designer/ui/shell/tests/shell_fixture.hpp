// A window with panels and documents that stand for the real ones.
#pragma once

#include <QPointer>
#include <QTemporaryDir>
#include <QTest>

#include "designer/ui/shell/documents/document_area.hpp"
#include "designer/ui/shell/documents/document_page.hpp"
#include "designer/ui/shell/settings/settings.hpp"
#include "designer/ui/shell/window/main_window.hpp"
#include "designer/ui/shell/window/panel_dock.hpp"
#include "designer/ui/theme/theme.hpp"

namespace weir::designer {

class ShellFixture {
 public:
  ShellFixture() : settings(folder.filePath(QStringLiteral("settings.ini"))) {}
  ~ShellFixture() { delete window; }
  ShellFixture(const ShellFixture&) = delete;
  ShellFixture& operator=(const ShellFixture&) = delete;

  // With a panel at each side, shown at the size given.
  void open(QSize size = {shell::kDefaultWidth, shell::kDefaultHeight}) {
    window = new MainWindow(settings);
    window->addPanel(Side::Left, QStringLiteral("palette"), QStringLiteral("Palette"), new QWidget);
    window->addPanel(Side::Right, QStringLiteral("inspector"), QStringLiteral("Inspector"), new QWidget);
    window->addPanel(Side::Bottom, QStringLiteral("problems"), QStringLiteral("Problems"), new QWidget);
    window->addPanel(Side::Bottom, QStringLiteral("changes"), QStringLiteral("Changes"), new QWidget);
    window->resize(size);
    window->show();
  }

  DocumentPage* addDocument(const QString& title) {
    auto* content = new QWidget;
    content->setFocusPolicy(Qt::StrongFocus);
    auto* page = new DocumentPage(content, title);
    window->documents().add(page);
    return page;
  }

  QTemporaryDir folder;
  Settings settings;
  QPointer<MainWindow> window;
};

}  // namespace weir::designer
