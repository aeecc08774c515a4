// SPDX-License-Identifier: MIT
#pragma once
// Functions of an object that is compiled as in a release build, with NDEBUG.

#include <cstddef>

#include "lanewise/data/matrix.hpp"

namespace unchecked_part {

lanewise::matrix<int> make(std::size_t rows, std::size_t cols);
void end(lanewise::matrix<int> owner);
int element(lanewise::matrix_view<const int> v, std::size_t i, std::size_t j);
lanewise::matrix_view<int> first_row(lanewise::matrix<int>& owner);

}  // namespace unchecked_part
