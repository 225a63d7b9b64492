#include "designer/ui/theme/font_subset.hpp"

#include <hb-subset.h>

#include <QFile>
#include <memory>

#include "designer/ui/theme/fonts.hpp"

namespace weir::designer {

namespace {

template <auto Destroy>
struct Destroyer {
  template <typename Thing>
  void operator()(Thing* thing) const {
    Destroy(thing);
  }
};
using Blob = std::unique_ptr<hb_blob_t, Destroyer<hb_blob_destroy>>;
using Face = std::unique_ptr<hb_face_t, Destroyer<hb_face_destroy>>;
using Wanted = std::unique_ptr<hb_subset_input_t, Destroyer<hb_subset_input_destroy>>;

// Empty where the font could not be read.
QByteArray subset(const QByteArray& font, const QString& text) {
  const Blob whole(
      hb_blob_create(font.constData(), static_cast<unsigned>(font.size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr));
  const Face face(hb_face_create(whole.get(), 0));
  const Wanted wanted(hb_subset_input_create_or_fail());
  if (wanted == nullptr) return {};
  // Of what the typeface can do only what text has without asking: alternates would bring many more glyphs along.
  hb_set_t* const features = hb_subset_input_set(wanted.get(), HB_SUBSET_SETS_LAYOUT_FEATURE_TAG);
  hb_set_clear(features);
  for (const char* const feature : {"kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk"}) {
    hb_set_add(features, hb_tag_from_string(feature, -1));
  }
  for (const uint character : text.toUcs4()) hb_set_add(hb_subset_input_unicode_set(wanted.get()), character);
  const Face part(hb_subset_or_fail(face.get(), wanted.get()));
  if (part == nullptr) return {};
  const Blob bytes(hb_face_reference_blob(part.get()));
  unsigned size = 0;
  const char* const data = hb_blob_get_data(bytes.get(), &size);
  return {data, static_cast<qsizetype>(size)};
}

}  // namespace

std::string fontFacesFor(const QString& text) {
  struct Weight {
    const char* file;
    int weight;
  };
  QByteArray rules;
  for (const auto& [name, weight] : {Weight{"Inter-Regular.otf", 400}, Weight{"Inter-SemiBold.otf", 600}}) {
    QFile file(fontFolder() + QLatin1String(name));
    if (!file.open(QIODevice::ReadOnly)) continue;
    rules += "@font-face{font-family:Inter;font-weight:" + QByteArray::number(weight) +
             ";src:url(data:font/otf;base64," + subset(file.readAll(), text).toBase64() + ")}";
  }
  return rules.toStdString();
}

}  // namespace weir::designer
