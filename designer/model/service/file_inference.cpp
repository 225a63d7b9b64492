#include "designer/model/service/file_inference.hpp"

#include <QPointer>
#include <QProcess>

namespace weir::designer {

void FileInference::look(const QString& runner, const QString& file, QObject* receiver,
                         std::function<void(const Result<DataFile>&)> then) {
  auto* const process = new QProcess(this);
  const auto answer = [process, to = QPointer<QObject>(receiver),
                       then = std::move(then)](const Result<DataFile>& data) {
    process->disconnect();
    process->deleteLater();
    if (to != nullptr) then(data);
  };
  connect(process, &QProcess::errorOccurred, this, [answer, runner](QProcess::ProcessError error) {
    if (error != QProcess::FailedToStart) return;  // the others end it
    answer(configError(tr("The runner could not be started: %1.").arg(runner).toStdString()));
  });
  connect(process, &QProcess::finished, this, [answer, process](int status, QProcess::ExitStatus how) {
    if (how == QProcess::NormalExit && status == 0) return answer(dataFileFromJson(process->readAllStandardOutput()));
    QString said = QString::fromUtf8(process->readAllStandardError()).trimmed();
    if (said.startsWith(QStringLiteral("weir: "))) said.remove(0, 6);  // the program's name, for terminals
    answer(configError((said.isEmpty() ? tr("The runner could not look into it.") : said).toStdString()));
  });
  process->start(runner, {"infer", file});
}

}  // namespace weir::designer
