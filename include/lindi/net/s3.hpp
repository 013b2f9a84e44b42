/// \file
/// Objects in S3: their URLs, and signed requests for them.
/// AWS Signature Version 4,
/// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html

#pragma once

#include <lindi/net/environment.hpp>
#include <lindi/net/url.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lindi::net {

struct s3_settings {
    std::string endpoint;    ///< URL of another server than AWS; empty: AWS
    std::string region;      ///< empty: us-east-1
    std::string access_key;  ///< empty: requests are anonymous
    std::string secret_key;
    std::string session_token;  ///< of temporary credentials
};

/// AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, AWS_REGION, AWS_DEFAULT_REGION, AWS_ACCESS_KEY_ID,
/// AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN.
s3_settings s3_settings_from(environment const& env);

/// The URL of s3://BUCKET/KEY: BUCKET as part of the host on AWS, as part of the path on other
/// servers and for names with dots, which no certificate covers. \return errc::bad_value when it is
/// not such a URL or the endpoint is none
result<url> s3_object_url(std::string_view s3_url, s3_settings const& settings);

using headers = std::vector<std::pair<std::string, std::string>>;

/// The headers that sign a GET with no body: x-amz-date, x-amz-content-sha256, x-amz-security-token
/// when there is a token, and authorization. \param range  value of the Range header that will be
/// sent; empty: none \param now  seconds since 1970
headers sign_get(
    s3_settings const& settings, url const& object, std::string const& range, std::int64_t now
);

/// A request to sign. AWS signs the host and these fields, besides those that it adds.
struct request_to_sign {
    std::string_view method = "GET";
    url const& object;
    headers fields{};  ///< names in lower case
    std::string_view body{};
};

/// As sign_get, for any request.
headers sign_request(s3_settings const& settings, request_to_sign request, std::int64_t now);

}  // namespace lindi::net
