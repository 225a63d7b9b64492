// Compares what was painted with a picture in the repository.
#pragma once

#include <QImage>
#include <QString>

namespace weir::designer::testing {

// Empty if they look the same; a few pixels that other versions of the font engine smooth otherwise count as the same.
// Else a sentence, and both pictures and their difference are in `look` of the build folder. With
// WEIR_RENEW_BASELINES=1 in the environment the painted picture becomes the one in the repository: look at it before
// it is committed.
QString differenceFromBaseline(const QImage& painted, const QString& name);

}  // namespace weir::designer::testing
