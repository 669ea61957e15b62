#include "harness/wire/mail/field_reader.hpp"

#include <array>
#include <dlfcn.h>
#include <stdexcept>
#include <unistd.h>

namespace mailspec::wire::mail {
namespace {

/// The folder of the running program, with a slash; empty where it cannot be known.
std::string program_folder() {
    std::array<char, 4096> path{};
    const auto size = readlink("/proc/self/exe", path.data(), path.size());
    const std::string_view whole(path.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    return std::string(whole.substr(0, whole.rfind('/') + 1));
}

const field_reader* load() {
    std::string tried;
    for (const auto& path : {program_folder() + MAILSPEC_GMIME_FILE, std::string(MAILSPEC_GMIME_PATH)}) {
        void* const module = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
        if (module == nullptr) {
            tried += std::string(tried.empty() ? "" : "; ") + dlerror();
            continue;
        }
        void* const symbol = dlsym(module, "mailspec_field_reader");
        if (symbol != nullptr) {
            return reinterpret_cast<mailspec_field_reader_function*>(symbol)();
        }
        tried += path + " is not ours";
    }
    throw std::runtime_error("The part of mailspec that reads messages cannot be loaded: " + tried + ".");
}

} // namespace

const field_reader& field_reader::get() {
    static const field_reader* const loaded = load();
    return *loaded;
}

} // namespace mailspec::wire::mail
