// The drawings that come with the designer: examples and templates.
#pragma once

#include <QString>
#include <vector>

#include "model/open_drawing.hpp"

namespace weir::designer {

struct Example {
  QString file;  // in the resources
  QString title;
};

Example ordersExample();
Example flightsExample();
std::vector<Example> templates();

// As an untitled copy.
OpenDrawing::Start startFrom(const Example& example);
// With nothing in it.
OpenDrawing::Start emptyStart();

}  // namespace weir::designer
