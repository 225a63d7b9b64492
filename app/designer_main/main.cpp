// The designer.
#include <QApplication>
#include <QStandardPaths>

#include "app/designer_main/designer_app.hpp"

int main(int argc, char** argv) {
  QApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
  const QApplication application(argc, argv);
  QApplication::setApplicationName(QStringLiteral("weir-designer"));
  QApplication::setApplicationDisplayName(QStringLiteral("Weir"));
  QApplication::setDesktopFileName(QStringLiteral("weir-designer"));

  weir::designer::Settings settings;
  const QString data = QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
  weir::designer::DesignerApp designer(
      settings, {.recoveryFolder = data + "/recovery", .besideFolder = QApplication::applicationDirPath()});
  designer.start(QApplication::arguments().mid(1));
  return QApplication::exec();
}
