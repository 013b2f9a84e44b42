#include "asset_urls.hpp"

namespace lindi::dandi {

void complete(asset& one, instance const& from, std::string dandiset, std::string version)
{
    one.dandiset = std::move(dandiset);
    one.version = std::move(version);
    one.download = from.api + "/assets/" + one.id + "/download/";
    bool const is_public = !one.embargoed && one.blob.size() > 6 && !from.bucket.empty();
    one.url = is_public ? from.bucket + "/blobs/" + one.blob.substr(0, 3) + "/" +
                              one.blob.substr(3, 3) + "/" + one.blob
                        : one.download;
}

}  // namespace lindi::dandi
