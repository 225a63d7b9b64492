// How much of a file saving would touch, beside what was edited, because the file is not in canonical form.
#pragma once

#include <QByteArray>

#include "core/catalog/manifest.hpp"

namespace weir::designer {

// How many lines differ between two texts: those that would have to be taken away or put in. Takes time in proportion
// to the texts, and may count a few more than there have to be where lines repeat.
int linesTouched(const QByteArray& before, const QByteArray& after);

// Of what a file holds; 0: it is canonical, or no topology. Any thread.
int linesNotCanonical(const QByteArray& bytes, const catalog::Catalog& catalog);

}  // namespace weir::designer
