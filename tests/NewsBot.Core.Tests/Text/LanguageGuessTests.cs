using NewsBot.Core.Text;

namespace NewsBot.Core.Tests.Text;

public sealed class LanguageGuessTests
{
    [Theory]
    [InlineData("en", "The harbour bridge is open again after the storm of last week")]
    [InlineData("de", "Die Hafenbrücke ist nach dem Sturm der letzten Woche wieder offen")]
    [InlineData("fr", "Le pont du port est de nouveau ouvert après la tempête de la semaine dernière")]
    [InlineData("es", "El puente del puerto vuelve a abrir tras la tormenta de la semana pasada")]
    [InlineData("pt", "A ponte do porto volta a abrir após a tempestade da semana passada, diz o governo")]
    [InlineData("it", "Il ponte del porto è di nuovo aperto dopo la tempesta della settimana scorsa")]
    [InlineData("nl", "De havenbrug is weer open na de storm van vorige week, zegt het bestuur")]
    [InlineData("sv", "Hamnbron är öppen igen efter stormen förra veckan och det är inte allt")]
    [InlineData("da", "Havnebroen blev åbnet igen efter stormen af politiet, men det er ikke alt")]
    [InlineData("pl", "Most portowy jest znów otwarty po burzy, która nie była w tym roku pierwsza")]
    [InlineData("cs", "Přístavní most je po bouři opět otevřen, ale není jisté, že to tak bude i dál")]
    [InlineData("tr", "Liman köprüsü geçen haftaki fırtınadan sonra yeniden açıldı ve bu bir ilk olarak kabul edildi")]
    [InlineData("fi", "Satamasilta on taas auki myrskyn jälkeen, mutta se ei ole vielä kaikki")]
    [InlineData("ru", "Портовый мост снова открыт после шторма, но это не всё")]
    [InlineData("uk", "Портовий міст знову відкритий після шторму, але це не все, що відомо")]
    [InlineData("el", "Η γέφυρα του λιμανιού άνοιξε ξανά")]
    [InlineData("ja", "港の橋が嵐のあと再び開通した")]
    [InlineData("zh", "港口大桥在暴风雨后重新开放")]
    [InlineData("ko", "항구 다리가 폭풍 후 다시 개통되었다")]
    [InlineData("ar", "إعادة فتح جسر الميناء بعد العاصفة التي ضربت المدينة في الأسبوع الماضي")]
    [InlineData("ar", "افتتحت المدينة ملعبا جديدا للأطفال بجانب النهر")]
    [InlineData("he", "גשר הנמל נפתח מחדש אחרי הסערה")]
    [InlineData("hi", "तूफान के बाद बंदरगाह का पुल फिर से खुला")]
    public void A_sentence_tells_its_language(string expected, string text) =>
        Assert.Equal(expected, LanguageGuess.Of(text));

    [Theory]
    [InlineData("")]
    [InlineData("2026")]
    [InlineData("Nokia 3310")]
    [InlineData("🎉🎉🎉")]
    [InlineData("Norrvik Alder 2 Pro Max")]
    [InlineData("Москва")]
    [InlineData("شهرداری زمین بازی کودکان کنار رودخانه گشود")]
    public void A_few_names_tell_nothing(string text) => Assert.Null(LanguageGuess.Of(text));

    [Fact]
    public void What_the_text_shows_counts_more_than_what_a_feed_says()
    {
        const string German = "Die Hafenbrücke ist nach dem Sturm der letzten Woche wieder offen";

        Assert.Equal("de", LanguageGuess.Of("en-US", German));
        Assert.Equal("de-AT", LanguageGuess.Of("de-AT", German));
        Assert.Equal("en-US", LanguageGuess.Of("en-US", "Nokia 3310"));
        Assert.Null(LanguageGuess.Of(null, "Nokia 3310"));
    }

    [Fact]
    public void What_nobody_can_tell_is_let_in()
    {
        Assert.True(LanguageGuess.IsOneOf(null, ["en"]));
        Assert.True(LanguageGuess.IsOneOf("en-GB", ["de", "en"]));
        Assert.False(LanguageGuess.IsOneOf("fr", ["de", "en"]));
    }
}
