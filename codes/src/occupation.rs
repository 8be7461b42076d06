use crate::coded::coded;

coded! {
    /// What the work capacity is judged against (sysselsättning): KV_FKMU_0002, question 28.
    ///
    /// Source: `PEERS.md` §4.2. `PROGRAM` was allowed before LISJP 1.0 of 2018 and stands in older documents.
    Occupation: "a KV_FKMU_0002 code such as NUVARANDE_ARBETE" {
        Employed = "NUVARANDE_ARBETE", "Nuvarande arbete", "Present work";
        JobSeeker = "ARBETSSOKANDE", "Arbetssökande", "Seeking work";
        ParentalLeave = "FORALDRALEDIG", "Föräldraledig", "On parental leave";
        Student = "STUDIER", "Studier", "Studies";
        Programme = "PROGRAM", "Arbetsmarknadspolitiskt program", "Labour-market programme";
    }
}
