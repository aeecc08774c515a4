// SPDX-License-Identifier: MIT
// The extrema in the dispatch library. Read once for each target; no include guard.

#include "lanewise/dispatch/detail/tables.hpp"
#include "lanewise/kernels/detail/extrema.hpp"

LANEWISE_BEGIN_KERNEL_FILE(lanewise::detail)
const extrema_family& extrema() { return lw::impl::family(static_cast<extrema_family*>(nullptr)); }
LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace lanewise::detail {
LANEWISE_EXPORT(extrema);
const extrema_family& chosen_extrema_family() { return LANEWISE_CALL(extrema)(); }
}  // namespace lanewise::detail
#endif
