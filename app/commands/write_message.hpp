// A topology as a Protobuf message: what `weir fmt --to` does.
#pragma once

#include <string>

namespace weir::app {

// `form`: "pb" or "json"; `out`: empty, or the file that is written. The work is done by the program weir-message,
// which takes the place of this one: Protobuf's libraries would cost each start of `weir` a fifth of its time. Comes
// back with an exit status where it does not come to that.
int writeMessage(const std::string& path, const std::string& form, const std::string& out);

}  // namespace weir::app
