// SPDX-License-Identifier: MIT
// The statistics in the dispatch library. Read once for each target; no include guard.

#include "lanewise/dispatch/detail/tables.hpp"
#include "lanewise/kernels/detail/statistics.hpp"

LANEWISE_BEGIN_KERNEL_FILE(lanewise::detail)
const statistics_family& statistics() { return lw::impl::family(static_cast<statistics_family*>(nullptr)); }
LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace lanewise::detail {
LANEWISE_EXPORT(statistics);
const statistics_family& chosen_statistics_family() { return LANEWISE_CALL(statistics)(); }
}  // namespace lanewise::detail
#endif
