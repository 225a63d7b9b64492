// Asking for files.
#pragma once

#include <QString>

class QWidget;

namespace weir::designer {

class Settings;

struct FileWish {
  QString title;
  QString suggestion;  // a path or a name
  QString suffix;      // "weir": what a name without one gets, before the question whether to overwrite
  QString filter;
};

// Where to write; empty: nowhere. A name alone is suggested in the folder that was used last.
QString askWhereToWrite(QWidget* parent, const Settings& settings, const FileWish& wish);

}  // namespace weir::designer
