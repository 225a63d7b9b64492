// Templates of one's own: topology files in a folder, one each, named as the template is called.
#pragma once

#include <QObject>
#include <QString>
#include <vector>

#include "core/base/result.hpp"
#include "core/catalog/manifest.hpp"
#include "core/topology/model/topology.hpp"

namespace weir::designer {

struct OwnTemplate {
  QString file;
  QString title;
  QString description;
  QString error;  // why it cannot be read; empty: it can
};

// GUI thread only.
class OwnTemplates : public QObject {
  Q_OBJECT

 public:
  // The folder is made with the first template.
  void setFolder(const QString& folder);

  // By title. Those that cannot be read are among them.
  const std::vector<OwnTemplate>& all() const { return all_; }
  // Null: there is none.
  const OwnTemplate* find(const QString& file) const;

  // The error says why not: the title is no name for a file, or taken.
  Result<void> save(topology::Topology topology, const QString& title, const QString& description,
                    const catalog::Catalog& catalog);
  Result<void> change(const QString& file, const QString& title, const QString& description,
                      const catalog::Catalog& catalog);
  Result<void> remove(const QString& file);

 Q_SIGNALS:
  void changed();

 private:
  Result<QString> fileFor(const QString& title) const;
  void read();

  QString folder_;
  std::vector<OwnTemplate> all_;
};

}  // namespace weir::designer
