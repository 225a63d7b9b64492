#include "designer/model/file/own_templates.hpp"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>
#include <algorithm>

#include "core/topology/file/format_topology.hpp"
#include "designer/model/edits/edits.hpp"
#include "designer/model/file/topology_file.hpp"

namespace weir::designer {

namespace {

const QString kSuffix = QStringLiteral(".weir");

Error refused(const QString& why) {
  return configError(why.toStdString());
}

Result<void> write(const QString& file, const std::string& text) {
  QSaveFile out(file);
  const bool written = out.open(QIODevice::WriteOnly) &&
                       out.write(text.data(), static_cast<qint64>(text.size())) == static_cast<qint64>(text.size());
  if (!written || !out.commit()) {
    return refused(OwnTemplates::tr("%1 cannot be written: %2").arg(file, out.errorString()));
  }
  return {};
}

std::string textOf(topology::Topology& topology, const QString& title, const QString& description,
                   const catalog::Catalog& catalog) {
  topology.name = {asName(title.trimmed().toStdString()), {}};
  topology.doc = {description.trimmed().toStdString(), {}};
  return topology::formatTopology(topology, catalog);
}

}  // namespace

void OwnTemplates::setFolder(const QString& folder) {
  folder_ = folder;
  read();
}

const OwnTemplate* OwnTemplates::find(const QString& file) const {
  const auto found = std::find_if(all_.begin(), all_.end(), [&](const OwnTemplate& one) { return one.file == file; });
  return found == all_.end() ? nullptr : &*found;
}

Result<QString> OwnTemplates::fileFor(const QString& title) const {
  const QString name = title.trimmed();
  if (folder_.isEmpty()) return refused(tr("There is no folder for templates."));
  if (name.isEmpty()) return refused(tr("A template needs a name."));
  constexpr qsizetype kLongest = 100;  // of a file's name, which counts bytes
  if (name.contains('/') || name.contains('\\') || name.startsWith('.') || name.size() > kLongest) {
    return refused(tr("The name is that of a file, too: no slashes, no dot at its beginning, not too long."));
  }
  QString file = QDir(folder_).filePath(name + kSuffix);
  if (QFileInfo::exists(file)) return refused(tr("There is a template of that name."));
  return file;
}

Result<void> OwnTemplates::save(topology::Topology topology, const QString& title, const QString& description,
                                const catalog::Catalog& catalog) {
  WEIR_TRY_ASSIGN(file, fileFor(title));
  if (!QDir().mkpath(folder_)) return refused(tr("The folder %1 cannot be made.").arg(folder_));
  WEIR_TRY(write(file, textOf(topology, title, description, catalog)));
  read();
  return {};
}

Result<void> OwnTemplates::change(const QString& file, const QString& title, const QString& description,
                                  const catalog::Catalog& catalog) {
  QString to = file;
  if (QFileInfo(file).completeBaseName() != title.trimmed()) {
    WEIR_TRY_ASSIGN(fresh, fileFor(title));
    to = std::move(fresh);
  }
  Result<OpenedFile> opened = openFile(file);
  // What cannot be read keeps what is in it, and gets another name alone.
  if (opened) WEIR_TRY(write(to, textOf(opened->topology, title, description, catalog)));
  const bool moved = to == file || (opened ? QFile::remove(file) : QFile::rename(file, to));
  read();
  if (!moved) return refused(tr("%1 cannot be given another name.").arg(file));
  return {};
}

Result<void> OwnTemplates::remove(const QString& file) {
  const bool gone = find(file) != nullptr && QFile::remove(file);
  read();
  if (!gone) return refused(tr("%1 cannot be deleted.").arg(file));
  return {};
}

void OwnTemplates::read() {
  all_.clear();
  const QFileInfoList files =
      folder_.isEmpty() ? QFileInfoList()
                        : QDir(folder_).entryInfoList({"*" + kSuffix}, QDir::Files, QDir::Name | QDir::IgnoreCase);
  for (const QFileInfo& file : files) {
    OwnTemplate& one = all_.emplace_back(OwnTemplate{file.absoluteFilePath(), file.completeBaseName(), {}, {}});
    const Result<OpenedFile> opened = openFile(one.file);
    if (opened) {
      one.description = QString::fromStdString(opened->topology.doc.value);
    } else {
      one.error = QString::fromStdString(opened.error().message).section('\n', 0, 0);
    }
  }
  Q_EMIT changed();
}

}  // namespace weir::designer
