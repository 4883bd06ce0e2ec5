using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using NewsBot.Core.Feeds;

namespace NewsBot.Summarising;

/// <summary>The language model that writes summaries. Without one they are made of the articles' own sentences.</summary>
internal sealed class SummarisingOptions : IValidatableObject
{
    public const string Section = "Summarising";

    /// <summary>Address of an OpenAI-compatible API, such as <c>https://models.example.org/v1</c>; null (default) for no model.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The model's name as the API knows it; needed with <see cref="Endpoint"/>.</summary>
    public string? Model { get; set; }

    /// <summary>The key of the API; null (default) where it wants none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Whether the endpoint may be on this machine or in a private network. Default false.</summary>
    public bool AllowPrivate { get; set; }

    /// <summary>Most tokens a day (UTC), in and out together, 10,000 to 1,000,000,000. Default 500,000.</summary>
    public int DailyBudget { get; set; } = 500_000;

    /// <summary>Longest time one summary may take, 1 s to 1 min. Default 20 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Where to ask; null where no model is set up.</summary>
    public Uri? Address => Endpoint is null ? null : new Uri(Endpoint.TrimEnd('/') + "/");

    /// <summary>Holds every value against its range.</summary>
    /// <param name="validationContext">Not looked at.</param>
    /// <returns>One sentence for each thing that is wrong.</returns>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        [
            .. CheckEndpoint(),
            .. SettingRange.Check("Summarising:DailyBudget", DailyBudget, 10_000, 1_000_000_000),
            .. SettingRange.Check("Summarising:Timeout", Timeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)),
        ];

    private IEnumerable<ValidationResult> CheckEndpoint()
    {
        if (Endpoint is null)
        {
            if (Model is not null || ApiKey is not null)
            {
                yield return new ValidationResult(
                    "Summarising:Model and Summarising:ApiKey do nothing without Summarising:Endpoint; set the address of the API, such as https://models.example.org/v1."
                );
            }

            yield break;
        }

        if (
            !Uri.TryCreate(Endpoint, UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp)
            || address.UserInfo.Length > 0
            || address.Query.Length > 0
        )
        {
            yield return new ValidationResult(
                "Summarising:Endpoint is no address of an API; write it like https://models.example.org/v1, without a name, a password or a question mark."
            );
        }
        else if (address.Scheme != Uri.UriSchemeHttps && !AllowPrivate)
        {
            yield return new ValidationResult(
                "Summarising:Endpoint would send articles and the key in the open; use https, or set Summarising:AllowPrivate to true where it is on this machine or in your own network."
            );
        }

        if (string.IsNullOrWhiteSpace(Model))
        {
            yield return new ValidationResult(
                "Summarising:Model is missing; set it to the name of the model that Summarising:Endpoint is to use."
            );
        }
    }
}

/// <summary>Checks <see cref="SummarisingOptions"/> at the start.</summary>
[OptionsValidator]
internal sealed partial class SummarisingOptionsValidator : IValidateOptions<SummarisingOptions>;
