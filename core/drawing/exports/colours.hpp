// The colours of exported pictures: those of the designer, light and dark. Internal to the exports.
#pragma once

#include <array>
#include <string_view>

#include "core/drawing/picture/picture.hpp"

namespace weir::drawing::exports {

struct Colours {
  std::string_view canvas;
  std::string_view card;
  std::string_view cardBorder;
  std::string_view text;
  std::string_view secondText;
  std::string_view control;  // dashes of drafts, the cap of what is missing
  std::string_view wire;
  std::string_view accent;
  std::string_view error;
  std::string_view warning;
  std::array<std::string_view, 6> kinds;  // by NodeKind
  std::array<bool, 6> darkIcons;
  bool shadow;
  double groupOpacity;
};

inline constexpr Colours kLight{"#F7F8FA",
                                "#FFFFFF",
                                "#B4BCC6",
                                "#1B1F24",
                                "#57606B",
                                "#868F9A",
                                "#78828E",
                                "#5B4BDB",
                                "#B42318",
                                "#8A5300",
                                {"#009E73", "#005A94", "#C2639A", "#2F97D4", "#D55E00", "#434B56"},
                                {true, false, true, true, true, false},
                                true,
                                0.04};

inline constexpr Colours kDark{"#14161A",
                               "#252931",
                               "#4A525D",
                               "#E6E9ED",
                               "#A4ADB8",
                               "#69727E",
                               "#818B97",
                               "#A99DFF",
                               "#FF8A80",
                               "#F2B84B",
                               {"#12A97F", "#1F86CB", "#D884B4", "#6CBDEB", "#E06C1C", "#BCC4CD"},
                               {true, true, true, true, true, true},
                               false,
                               0.06};

}  // namespace weir::drawing::exports
