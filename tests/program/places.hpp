// Where this repository and what was built of it are, for tests. One object file knows, so that all others are the same
// in every clone and are not compiled again there.
#pragma once

#include <QString>

namespace weir::places {

// A file or folder of the repository: "topologies/flight_departures.weir".
QString inRepository(const QString& path);
// What was built: "bin/weir", "plugins", "fixtures".
QString inBuild(const QString& path);
// Programs that the build was configured with.
QString python();
QString cmake();

}  // namespace weir::places
