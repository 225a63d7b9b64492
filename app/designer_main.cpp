// The designer.
#include <QApplication>

#include "ui/shell/look.hpp"
#include "ui/shell/settings.hpp"
#include "ui/shell/windows.hpp"

int main(int argc, char** argv) {
  QApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
  const QApplication application(argc, argv);
  QApplication::setApplicationName(QStringLiteral("weir-designer"));
  QApplication::setApplicationDisplayName(QStringLiteral("Weir"));
  QApplication::setDesktopFileName(QStringLiteral("weir-designer"));

  weir::designer::Settings settings;
  const weir::designer::Look look(settings);
  weir::designer::Windows windows(settings, {});
  if (!windows.restoreSession()) windows.open();
  return QApplication::exec();
}
