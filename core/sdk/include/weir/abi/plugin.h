/* The one symbol of a plugin library: `weir_plugin`, a constant that is readable before any of the
 * plugin's functions run.
 *
 * Versions: another major is refused, and so is a minor that the host does not have. A plugin says which minor it
 * *needs*, and that is not the one of the headers that it was built with: whoever uses only what minor 1 has runs on
 * every host.
 *
 * How structs grow: at their end only, and nothing is ever removed.
 *   - Each struct that crosses by itself begins with `struct_size`, its size as its maker knows it. Whoever reads it
 *     reads no further (WEIR_HAS).
 *   - Where a callee fills a struct in, the caller has set `struct_size` to the room that there is. The callee writes
 * no more than that, and sets it to what it wrote.
 *   - Structs in arrays have no size of their own: the size of an element stands beside the array, and is the stride.
 *   - weir_slice, weir_bytes, weir_watermark_step and Arrow's two structs are final.
 * `reserved` members are 0.
 *
 * The manifest (plugin.json) lies in the ELF section `weir_manifest`, and is read without loading the library. */
#ifndef WEIR_ABI_PLUGIN_H
#define WEIR_ABI_PLUGIN_H

#include "weir/abi/operator.h"

#define WEIR_ABI_MAJOR 1
#define WEIR_ABI_MINOR 2
#define WEIR_PLUGIN_SYMBOL "weir_plugin"
#define WEIR_MANIFEST_SECTION "weir_manifest"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct weir_plugin_info {
  uint32_t struct_size;
  uint16_t abi_major;
  uint16_t abi_minor; /* that the plugin needs */
  const weir_operator* const* operators;
  size_t operator_count;
  uint32_t sdk_minor; /* of the headers that it was built with, for messages */
  uint32_t reserved;
} weir_plugin_info;

#if defined(__GNUC__)
#define WEIR_EXPORT __attribute__((visibility("default")))
#else
#define WEIR_EXPORT
#endif

#ifdef __cplusplus
}
#endif

#endif /* WEIR_ABI_PLUGIN_H */
