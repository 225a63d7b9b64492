// The designer.
#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <cstdio>
#include <optional>
#include <string_view>

#include "app/designer_main/designer_app.hpp"
#include "core/base/version.hpp"
#include "designer/ui/shell/settings/language.hpp"

namespace {

// Beside an installed program, or in the checkout that it was built in; empty: nowhere.
QString docsFolder(const QString& programFolder) {
  for (const char* const there : {"/../share/doc/weir", "/../../../docs"}) {
    QString folder = QDir::cleanPath(programFolder + QLatin1String(there));
    if (QFileInfo::exists(folder + "/designer.md")) return folder;
  }
  return {};
}

// Reads a call. What it asks for instead of a window is answered: the status to end with.
std::optional<int> answered(QCommandLineParser& parser, const QStringList& arguments) {
  parser.setApplicationDescription(
      QStringLiteral("Draws stream topologies, checks them, and saves what `weir run` executes."));
  parser.addPositionalArgument(QStringLiteral("FILE"), QStringLiteral("topologies to open"),
                               QStringLiteral("[FILE...]"));
  const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")}, QStringLiteral("say this"));
  const QCommandLineOption version(QStringLiteral("version"), QStringLiteral("say which Weir this is"));
  parser.addOptions({help, version});
  if (!parser.parse(arguments)) {
    std::fprintf(stderr, "weir-designer: %s `weir-designer --help` tells how it is called.\n",
                 qPrintable(parser.errorText()));
    return 2;
  }
  if (parser.isSet(help)) {
    std::fputs(qPrintable(parser.helpText()), stdout);
    return 0;
  }
  if (parser.isSet(version)) {
    std::printf("weir-designer %s\n", std::string(weir::version()).c_str());
    return 0;
  }
  return std::nullopt;
}

}  // namespace

int main(int argc, char** argv) {
  QCoreApplication::setApplicationName(QStringLiteral("weir-designer"));
  QCommandLineParser parser;
  const std::string_view first = argc > 1 ? argv[1] : "";
  if (first == "--help" || first == "-h" || first == "--version") {
    const QCoreApplication application(argc, argv);  // wants no screen
    return answered(parser, QCoreApplication::arguments()).value_or(0);
  }
  QApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
  const QApplication application(argc, argv);
  QApplication::setApplicationDisplayName(QStringLiteral("Weir"));
  QApplication::setDesktopFileName(QStringLiteral("weir-designer"));
  if (const std::optional<int> status = answered(parser, QApplication::arguments())) return *status;

  weir::designer::Settings settings;
  const weir::designer::Language language(settings);
  const QString data = QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
  const QString beside = QApplication::applicationDirPath();
  weir::designer::DesignerApp designer(
      settings, {.recoveryFolder = data + "/recovery",
                 .templatesFolder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + "/templates",
                 .besideFolder = beside,
                 .docsFolder = docsFolder(beside)});
  designer.start(parser.positionalArguments());
  return QApplication::exec();
}
