// SPDX-License-Identifier: MIT
// k-means in the dispatch library. Read once for each target; no include guard.

#include "lanewise/dispatch/detail/tables.hpp"
#include "lanewise/kernels/detail/kmeans.hpp"

LANEWISE_BEGIN_KERNEL_FILE(lanewise::detail)
const kmeans_family& kmeans() { return lw::impl::family(static_cast<kmeans_family*>(nullptr)); }
LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace lanewise::detail {
LANEWISE_EXPORT(kmeans);
const kmeans_family& chosen_kmeans_family() { return LANEWISE_CALL(kmeans)(); }
}  // namespace lanewise::detail
#endif
