/* The one symbol of a plugin library: `weir_plugin`, a constant that is readable before any of the
 * plugin's functions run.
 *
 * Versions: another major is refused; a newer minor is refused; an older minor is served, and the host
 * reads no further than `struct_size`. Structs grow at their end only and slots are never removed.
 *
 * The manifest (plugin.json) lies in the ELF section `weir_manifest`, and is read without loading the library. */
#ifndef WEIR_ABI_PLUGIN_H
#define WEIR_ABI_PLUGIN_H

#include "weir/abi/operator.h"

#define WEIR_ABI_MAJOR 1
#define WEIR_ABI_MINOR 1
#define WEIR_PLUGIN_SYMBOL "weir_plugin"
#define WEIR_MANIFEST_SECTION "weir_manifest"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct weir_plugin_info {
  uint32_t struct_size;
  uint16_t abi_major;
  uint16_t abi_minor;
  const weir_operator* const* operators;
  size_t operator_count;
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
