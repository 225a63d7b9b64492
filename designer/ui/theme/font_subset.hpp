// The fonts of the canvas for pictures that leave the designer.
#pragma once

#include <QString>
#include <string>

namespace weir::designer {

// Rules of CSS that bring along Inter in the weights of the canvas, with what the characters of `text` need and no
// more: some tens of kB. [GUI]
std::string fontFacesFor(const QString& text);

}  // namespace weir::designer
