using NewsBot.Core.Commands;
using NewsBot.Core.Communities;

namespace NewsBot.Core.Tests.Commands;

public sealed class CatalogueTests
{
    [Fact]
    public void Every_name_is_given_once_and_is_short_enough_for_every_chat()
    {
        Assert.Equal(Catalogue.All.Count, Catalogue.All.Select(spec => spec.Name).Distinct().Count());
        Assert.All(Catalogue.All, spec => Assert.Matches("^[a-z]{2,12}( [a-z-]{2,12})?$", spec.Name));
    }

    // Discord takes 25 options and 8,000 characters a command.
    [Fact]
    public void Each_role_stays_within_what_Discord_takes_as_one_command()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            var specs = Catalogue.All.Where(spec => spec.Role == role).ToList();

            Assert.InRange(specs.Select(spec => spec.Group).Distinct().Count(), 1, 25);
            Assert.InRange(specs.Sum(spec => spec.Name.Length + spec.Summary.Length + spec.Usage.Length), 1, 8_000);
        }
    }

    [Fact]
    public void Only_the_last_values_may_be_left_out_and_only_the_last_one_takes_the_rest()
    {
        Assert.All(
            Catalogue.All,
            spec =>
            {
                var required = spec.Arguments.Select(argument => argument.IsRequired).ToList();
                Assert.Equal(required.OrderDescending(), required);
                Assert.DoesNotContain(spec.Arguments.SkipLast(1), argument => argument.IsRest);
            }
        );
    }

    [Fact]
    public void Help_lists_what_the_asker_may_use_and_nothing_else()
    {
        var member = CommandHelp.List(Role.Member);
        var admin = CommandHelp.List(Role.Admin);

        Assert.Contains("`latest`", member, StringComparison.Ordinal);
        Assert.DoesNotContain("takedown", member, StringComparison.Ordinal);
        Assert.DoesNotContain("For moderators", member, StringComparison.Ordinal);
        Assert.Contains("`takedown`", admin, StringComparison.Ordinal);
        Assert.All(
            Catalogue.All,
            spec => Assert.Contains($"`{spec.Name.Split(' ')[^1]}`", admin, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Help_on_one_verb_shows_usage_options_and_an_example()
    {
        var help = CommandHelp.Explain("add", Role.Admin);

        Assert.Contains("/news add <url> [--offer <number>]", help, StringComparison.Ordinal);
        Assert.Contains("For example: `/news add https://example.org`", help, StringComparison.Ordinal);
        Assert.Contains("asks you to confirm", help, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_on_a_first_word_lists_its_verbs_and_says_who_may()
    {
        var help = CommandHelp.Explain("digest", Role.Member);

        Assert.Contains("`/news digest preview`", help, StringComparison.Ordinal);
        Assert.Contains("Only admins", help, StringComparison.Ordinal);
        Assert.Null(CommandHelp.Explain("frobnicate", Role.Admin));
    }
}
