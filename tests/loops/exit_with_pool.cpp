// SPDX-License-Identifier: MIT
// A process that ends while its pools are alive, by exit() from inside a task: it must end, with status 0, and without
// a report from a sanitizer. A destructor of a static object uses the default pool on the way.
#include <atomic>
#include <cstddef>
#include <cstdlib>

#include "lanewise/loops/parallelize.hpp"

namespace {

std::atomic<int> calls{0};

struct last_user {
  ~last_user() {
    lanewise::parallelize(100, [](std::size_t) { ++calls; });
    if (calls < 200) {
      std::_Exit(1);
    }
  }
};

const last_user user;

}  // namespace

int main(int argc, char**) {
  lanewise::parallelize(100, [](std::size_t) { ++calls; });
  if (argc > 1) {
    return 0;
  }
  lanewise::parallelize(2, [](std::size_t i) {
    if (i == 1) {
      std::exit(0);
    }
  });
  return 2;
}
