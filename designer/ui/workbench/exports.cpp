// A topology as a picture or as text.
#include <QBuffer>
#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QImage>
#include <QMimeData>

#include "core/base/write_file.hpp"
#include "core/drawing/exports/text_exports.hpp"
#include "designer/ui/canvas/scene/scene_image.hpp"
#include "designer/ui/canvas/view/canvas_view.hpp"
#include "designer/ui/shell/window/main_window.hpp"
#include "designer/ui/workbench/file_dialogs.hpp"
#include "designer/ui/workbench/services.hpp"
#include "designer/ui/workbench/topology_page.hpp"
#include "designer/ui/workbench/workbench.hpp"

namespace weir::designer {

namespace {

// For screens and slides.
constexpr double kImageScale = 2;

QByteArray svgBytes(const CanvasScene& scene) {
  return QByteArray::fromStdString(svgOf(scene));
}

// Empty: it is too large for an image.
QByteArray pngBytes(const CanvasScene& scene) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  return imageOf(scene, kImageScale).save(&buffer, "PNG") ? bytes : QByteArray();
}

}  // namespace

void Workbench::handleExports() {
  const auto handle = [this](const char* id, const QString& suffix, QByteArray (*bytesOf)(const CanvasScene&)) {
    window_.actions().handle(id, this, [this, suffix, bytesOf](bool) { exportAs(suffix, bytesOf); });
  };
  handle("file.exportSvg", "svg", svgBytes);
  handle("file.exportPng", "png", pngBytes);
  window_.actions().handle("file.copyPicture", this, [this](bool) {
    TopologyPage* const page = current();
    if (page == nullptr) return;
    page->canvas().settle();
    const CanvasScene& scene = page->canvas().canvasScene();
    auto* const data = new QMimeData;  // the clipboard owns it
    data->setData(QStringLiteral("image/svg+xml"), svgBytes(scene));
    data->setImageData(imageOf(scene, kImageScale));
    QGuiApplication::clipboard()->setMimeData(data);
  });
  window_.actions().handle("file.copyMermaid", this, [this](bool) {
    TopologyPage* const page = current();
    if (page == nullptr) return;
    page->canvas().settle();
    QGuiApplication::clipboard()->setText(
        QString::fromStdString(drawing::mermaidOf(page->canvas().placed().picture())));
  });
}

void Workbench::exportAs(const QString& suffix, QByteArray (*bytesOf)(const CanvasScene&)) {
  TopologyPage* const page = current();
  if (page == nullptr) return;
  const QString name = QString::fromStdString(page->document().topology().name.value) + "." + suffix;
  const QString path = askWhereToWrite(&window_, services_.settings,
                                       {.title = tr("Export"),
                                        .suggestion = name,
                                        .suffix = suffix,
                                        .filter = tr("%1 pictures (*.%2)").arg(suffix.toUpper(), suffix)});
  if (path.isEmpty()) return;
  page->removeMessage("export");
  page->canvas().settle();
  const QByteArray bytes = bytesOf(page->canvas().canvasScene());
  const Result<void> written = bytes.isEmpty()
                                   ? configError(tr("The topology is too large for such a picture.").toStdString())
                                   : writeFile(QFile::encodeName(path).toStdString(), bytes.toStdString());
  if (written) return;
  const QString reason = QString::fromStdString(written.error().message);
  page->showMessage({"export", MessageTone::Error, {}, tr("Not exported. %1").arg(reason), {}});
}

}  // namespace weir::designer
