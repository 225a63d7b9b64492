// Words that core gives to parameters of every plugin; it has no translator, so they are translated here.
#pragma once

#include <QString>
#include <string>

namespace weir::designer {

// A title, a help or a unit, in the language of the designer when it is one of Weir's own; what a manifest says is in
// the manifest's language.
QString coreWords(const std::string& utf8);

}  // namespace weir::designer
