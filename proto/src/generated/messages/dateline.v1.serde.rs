impl serde::Serialize for Actor {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.name.is_empty() {
            len += 1;
        }
        if !self.text.is_empty() {
            len += 1;
        }
        if !self.country.is_empty() {
            len += 1;
        }
        if !self.sectors.is_empty() {
            len += 1;
        }
        if !self.code.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.Actor", len)?;
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        if !self.text.is_empty() {
            struct_ser.serialize_field("text", &self.text)?;
        }
        if !self.country.is_empty() {
            struct_ser.serialize_field("country", &self.country)?;
        }
        if !self.sectors.is_empty() {
            struct_ser.serialize_field("sectors", &self.sectors)?;
        }
        if !self.code.is_empty() {
            struct_ser.serialize_field("code", &self.code)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Actor {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "name",
            "text",
            "country",
            "sectors",
            "code",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Name,
            Text,
            Country,
            Sectors,
            Code,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "name" => Ok(GeneratedField::Name),
                            "text" => Ok(GeneratedField::Text),
                            "country" => Ok(GeneratedField::Country),
                            "sectors" => Ok(GeneratedField::Sectors),
                            "code" => Ok(GeneratedField::Code),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Actor;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.Actor")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Actor, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut name__ = None;
                let mut text__ = None;
                let mut country__ = None;
                let mut sectors__ = None;
                let mut code__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Text => {
                            if text__.is_some() {
                                return Err(serde::de::Error::duplicate_field("text"));
                            }
                            text__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Country => {
                            if country__.is_some() {
                                return Err(serde::de::Error::duplicate_field("country"));
                            }
                            country__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Sectors => {
                            if sectors__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sectors"));
                            }
                            sectors__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Code => {
                            if code__.is_some() {
                                return Err(serde::de::Error::duplicate_field("code"));
                            }
                            code__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Actor {
                    name: name__.unwrap_or_default(),
                    text: text__.unwrap_or_default(),
                    country: country__.unwrap_or_default(),
                    sectors: sectors__.unwrap_or_default(),
                    code: code__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.Actor", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ActorSummary {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.actor.is_some() {
            len += 1;
        }
        if self.event_count != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.ActorSummary", len)?;
        if let Some(v) = self.actor.as_ref() {
            struct_ser.serialize_field("actor", v)?;
        }
        if self.event_count != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("eventCount", ToString::to_string(&self.event_count).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ActorSummary {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "actor",
            "event_count",
            "eventCount",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Actor,
            EventCount,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "actor" => Ok(GeneratedField::Actor),
                            "eventCount" | "event_count" => Ok(GeneratedField::EventCount),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ActorSummary;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.ActorSummary")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ActorSummary, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut actor__ = None;
                let mut event_count__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Actor => {
                            if actor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("actor"));
                            }
                            actor__ = map_.next_value()?;
                        }
                        GeneratedField::EventCount => {
                            if event_count__.is_some() {
                                return Err(serde::de::Error::duplicate_field("eventCount"));
                            }
                            event_count__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(ActorSummary {
                    actor: actor__,
                    event_count: event_count__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.ActorSummary", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for AggregateEventsRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.filter.is_some() {
            len += 1;
        }
        if !self.group_by.is_empty() {
            len += 1;
        }
        if self.bucket.is_some() {
            len += 1;
        }
        if self.start_time.is_some() {
            len += 1;
        }
        if self.end_time.is_some() {
            len += 1;
        }
        if self.page_size != 0 {
            len += 1;
        }
        if !self.page_token.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.AggregateEventsRequest", len)?;
        if let Some(v) = self.filter.as_ref() {
            struct_ser.serialize_field("filter", v)?;
        }
        if !self.group_by.is_empty() {
            struct_ser.serialize_field("groupBy", &self.group_by)?;
        }
        if let Some(v) = self.bucket.as_ref() {
            struct_ser.serialize_field("bucket", v)?;
        }
        if let Some(v) = self.start_time.as_ref() {
            struct_ser.serialize_field("startTime", v)?;
        }
        if let Some(v) = self.end_time.as_ref() {
            struct_ser.serialize_field("endTime", v)?;
        }
        if self.page_size != 0 {
            struct_ser.serialize_field("pageSize", &self.page_size)?;
        }
        if !self.page_token.is_empty() {
            struct_ser.serialize_field("pageToken", &self.page_token)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for AggregateEventsRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "filter",
            "group_by",
            "groupBy",
            "bucket",
            "start_time",
            "startTime",
            "end_time",
            "endTime",
            "page_size",
            "pageSize",
            "page_token",
            "pageToken",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Filter,
            GroupBy,
            Bucket,
            StartTime,
            EndTime,
            PageSize,
            PageToken,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "filter" => Ok(GeneratedField::Filter),
                            "groupBy" | "group_by" => Ok(GeneratedField::GroupBy),
                            "bucket" => Ok(GeneratedField::Bucket),
                            "startTime" | "start_time" => Ok(GeneratedField::StartTime),
                            "endTime" | "end_time" => Ok(GeneratedField::EndTime),
                            "pageSize" | "page_size" => Ok(GeneratedField::PageSize),
                            "pageToken" | "page_token" => Ok(GeneratedField::PageToken),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = AggregateEventsRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.AggregateEventsRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<AggregateEventsRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut filter__ = None;
                let mut group_by__ = None;
                let mut bucket__ = None;
                let mut start_time__ = None;
                let mut end_time__ = None;
                let mut page_size__ = None;
                let mut page_token__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Filter => {
                            if filter__.is_some() {
                                return Err(serde::de::Error::duplicate_field("filter"));
                            }
                            filter__ = map_.next_value()?;
                        }
                        GeneratedField::GroupBy => {
                            if group_by__.is_some() {
                                return Err(serde::de::Error::duplicate_field("groupBy"));
                            }
                            group_by__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Bucket => {
                            if bucket__.is_some() {
                                return Err(serde::de::Error::duplicate_field("bucket"));
                            }
                            bucket__ = map_.next_value()?;
                        }
                        GeneratedField::StartTime => {
                            if start_time__.is_some() {
                                return Err(serde::de::Error::duplicate_field("startTime"));
                            }
                            start_time__ = map_.next_value()?;
                        }
                        GeneratedField::EndTime => {
                            if end_time__.is_some() {
                                return Err(serde::de::Error::duplicate_field("endTime"));
                            }
                            end_time__ = map_.next_value()?;
                        }
                        GeneratedField::PageSize => {
                            if page_size__.is_some() {
                                return Err(serde::de::Error::duplicate_field("pageSize"));
                            }
                            page_size__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::PageToken => {
                            if page_token__.is_some() {
                                return Err(serde::de::Error::duplicate_field("pageToken"));
                            }
                            page_token__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(AggregateEventsRequest {
                    filter: filter__,
                    group_by: group_by__.unwrap_or_default(),
                    bucket: bucket__,
                    start_time: start_time__,
                    end_time: end_time__,
                    page_size: page_size__.unwrap_or_default(),
                    page_token: page_token__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.AggregateEventsRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for AggregateEventsResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.aggregates.is_empty() {
            len += 1;
        }
        if !self.next_page_token.is_empty() {
            len += 1;
        }
        if !self.resume_cursor.is_empty() {
            len += 1;
        }
        if self.event_count != 0 {
            len += 1;
        }
        if self.group_count != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.AggregateEventsResponse", len)?;
        if !self.aggregates.is_empty() {
            struct_ser.serialize_field("aggregates", &self.aggregates)?;
        }
        if !self.next_page_token.is_empty() {
            struct_ser.serialize_field("nextPageToken", &self.next_page_token)?;
        }
        if !self.resume_cursor.is_empty() {
            struct_ser.serialize_field("resumeCursor", &self.resume_cursor)?;
        }
        if self.event_count != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("eventCount", ToString::to_string(&self.event_count).as_str())?;
        }
        if self.group_count != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("groupCount", ToString::to_string(&self.group_count).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for AggregateEventsResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "aggregates",
            "next_page_token",
            "nextPageToken",
            "resume_cursor",
            "resumeCursor",
            "event_count",
            "eventCount",
            "group_count",
            "groupCount",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Aggregates,
            NextPageToken,
            ResumeCursor,
            EventCount,
            GroupCount,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "aggregates" => Ok(GeneratedField::Aggregates),
                            "nextPageToken" | "next_page_token" => Ok(GeneratedField::NextPageToken),
                            "resumeCursor" | "resume_cursor" => Ok(GeneratedField::ResumeCursor),
                            "eventCount" | "event_count" => Ok(GeneratedField::EventCount),
                            "groupCount" | "group_count" => Ok(GeneratedField::GroupCount),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = AggregateEventsResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.AggregateEventsResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<AggregateEventsResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut aggregates__ = None;
                let mut next_page_token__ = None;
                let mut resume_cursor__ = None;
                let mut event_count__ = None;
                let mut group_count__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Aggregates => {
                            if aggregates__.is_some() {
                                return Err(serde::de::Error::duplicate_field("aggregates"));
                            }
                            aggregates__ = Some(map_.next_value()?);
                        }
                        GeneratedField::NextPageToken => {
                            if next_page_token__.is_some() {
                                return Err(serde::de::Error::duplicate_field("nextPageToken"));
                            }
                            next_page_token__ = Some(map_.next_value()?);
                        }
                        GeneratedField::ResumeCursor => {
                            if resume_cursor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("resumeCursor"));
                            }
                            resume_cursor__ = Some(map_.next_value()?);
                        }
                        GeneratedField::EventCount => {
                            if event_count__.is_some() {
                                return Err(serde::de::Error::duplicate_field("eventCount"));
                            }
                            event_count__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::GroupCount => {
                            if group_count__.is_some() {
                                return Err(serde::de::Error::duplicate_field("groupCount"));
                            }
                            group_count__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(AggregateEventsResponse {
                    aggregates: aggregates__.unwrap_or_default(),
                    next_page_token: next_page_token__.unwrap_or_default(),
                    resume_cursor: resume_cursor__.unwrap_or_default(),
                    event_count: event_count__.unwrap_or_default(),
                    group_count: group_count__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.AggregateEventsResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Article {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.article_id.is_empty() {
            len += 1;
        }
        if !self.uri.is_empty() {
            len += 1;
        }
        if !self.title.is_empty() {
            len += 1;
        }
        if !self.body.is_empty() {
            len += 1;
        }
        if self.body_format != 0 {
            len += 1;
        }
        if !self.publisher.is_empty() {
            len += 1;
        }
        if !self.language.is_empty() {
            len += 1;
        }
        if self.publish_time.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.Article", len)?;
        if !self.article_id.is_empty() {
            struct_ser.serialize_field("articleId", &self.article_id)?;
        }
        if !self.uri.is_empty() {
            struct_ser.serialize_field("uri", &self.uri)?;
        }
        if !self.title.is_empty() {
            struct_ser.serialize_field("title", &self.title)?;
        }
        if !self.body.is_empty() {
            struct_ser.serialize_field("body", &self.body)?;
        }
        if self.body_format != 0 {
            let v = BodyFormat::try_from(self.body_format)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.body_format)))?;
            struct_ser.serialize_field("bodyFormat", &v)?;
        }
        if !self.publisher.is_empty() {
            struct_ser.serialize_field("publisher", &self.publisher)?;
        }
        if !self.language.is_empty() {
            struct_ser.serialize_field("language", &self.language)?;
        }
        if let Some(v) = self.publish_time.as_ref() {
            struct_ser.serialize_field("publishTime", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Article {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "article_id",
            "articleId",
            "uri",
            "title",
            "body",
            "body_format",
            "bodyFormat",
            "publisher",
            "language",
            "publish_time",
            "publishTime",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            ArticleId,
            Uri,
            Title,
            Body,
            BodyFormat,
            Publisher,
            Language,
            PublishTime,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "articleId" | "article_id" => Ok(GeneratedField::ArticleId),
                            "uri" => Ok(GeneratedField::Uri),
                            "title" => Ok(GeneratedField::Title),
                            "body" => Ok(GeneratedField::Body),
                            "bodyFormat" | "body_format" => Ok(GeneratedField::BodyFormat),
                            "publisher" => Ok(GeneratedField::Publisher),
                            "language" => Ok(GeneratedField::Language),
                            "publishTime" | "publish_time" => Ok(GeneratedField::PublishTime),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Article;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.Article")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Article, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut article_id__ = None;
                let mut uri__ = None;
                let mut title__ = None;
                let mut body__ = None;
                let mut body_format__ = None;
                let mut publisher__ = None;
                let mut language__ = None;
                let mut publish_time__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::ArticleId => {
                            if article_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("articleId"));
                            }
                            article_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Uri => {
                            if uri__.is_some() {
                                return Err(serde::de::Error::duplicate_field("uri"));
                            }
                            uri__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Title => {
                            if title__.is_some() {
                                return Err(serde::de::Error::duplicate_field("title"));
                            }
                            title__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Body => {
                            if body__.is_some() {
                                return Err(serde::de::Error::duplicate_field("body"));
                            }
                            body__ = Some(map_.next_value()?);
                        }
                        GeneratedField::BodyFormat => {
                            if body_format__.is_some() {
                                return Err(serde::de::Error::duplicate_field("bodyFormat"));
                            }
                            body_format__ = Some(map_.next_value::<BodyFormat>()? as i32);
                        }
                        GeneratedField::Publisher => {
                            if publisher__.is_some() {
                                return Err(serde::de::Error::duplicate_field("publisher"));
                            }
                            publisher__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Language => {
                            if language__.is_some() {
                                return Err(serde::de::Error::duplicate_field("language"));
                            }
                            language__ = Some(map_.next_value()?);
                        }
                        GeneratedField::PublishTime => {
                            if publish_time__.is_some() {
                                return Err(serde::de::Error::duplicate_field("publishTime"));
                            }
                            publish_time__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Article {
                    article_id: article_id__.unwrap_or_default(),
                    uri: uri__.unwrap_or_default(),
                    title: title__.unwrap_or_default(),
                    body: body__.unwrap_or_default(),
                    body_format: body_format__.unwrap_or_default(),
                    publisher: publisher__.unwrap_or_default(),
                    language: language__.unwrap_or_default(),
                    publish_time: publish_time__,
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.Article", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for BodyFormat {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "BODY_FORMAT_UNSPECIFIED",
            Self::Text => "BODY_FORMAT_TEXT",
            Self::Html => "BODY_FORMAT_HTML",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for BodyFormat {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "BODY_FORMAT_UNSPECIFIED",
            "BODY_FORMAT_TEXT",
            "BODY_FORMAT_HTML",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = BodyFormat;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "BODY_FORMAT_UNSPECIFIED" => Ok(BodyFormat::Unspecified),
                    "BODY_FORMAT_TEXT" => Ok(BodyFormat::Text),
                    "BODY_FORMAT_HTML" => Ok(BodyFormat::Html),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for CaughtUp {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.cursor.is_empty() {
            len += 1;
        }
        if self.delivered_events != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.CaughtUp", len)?;
        if !self.cursor.is_empty() {
            struct_ser.serialize_field("cursor", &self.cursor)?;
        }
        if self.delivered_events != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("deliveredEvents", ToString::to_string(&self.delivered_events).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for CaughtUp {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "cursor",
            "delivered_events",
            "deliveredEvents",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Cursor,
            DeliveredEvents,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "cursor" => Ok(GeneratedField::Cursor),
                            "deliveredEvents" | "delivered_events" => Ok(GeneratedField::DeliveredEvents),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = CaughtUp;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.CaughtUp")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<CaughtUp, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut cursor__ = None;
                let mut delivered_events__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Cursor => {
                            if cursor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cursor"));
                            }
                            cursor__ = Some(map_.next_value()?);
                        }
                        GeneratedField::DeliveredEvents => {
                            if delivered_events__.is_some() {
                                return Err(serde::de::Error::duplicate_field("deliveredEvents"));
                            }
                            delivered_events__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(CaughtUp {
                    cursor: cursor__.unwrap_or_default(),
                    delivered_events: delivered_events__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.CaughtUp", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Change {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "CHANGE_UNSPECIFIED",
            Self::Created => "CHANGE_CREATED",
            Self::Corroborated => "CHANGE_CORROBORATED",
            Self::Corrected => "CHANGE_CORRECTED",
            Self::Retracted => "CHANGE_RETRACTED",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Change {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "CHANGE_UNSPECIFIED",
            "CHANGE_CREATED",
            "CHANGE_CORROBORATED",
            "CHANGE_CORRECTED",
            "CHANGE_RETRACTED",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Change;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "CHANGE_UNSPECIFIED" => Ok(Change::Unspecified),
                    "CHANGE_CREATED" => Ok(Change::Created),
                    "CHANGE_CORROBORATED" => Ok(Change::Corroborated),
                    "CHANGE_CORRECTED" => Ok(Change::Corrected),
                    "CHANGE_RETRACTED" => Ok(Change::Retracted),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for CheckFilterRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.filter.is_some() {
            len += 1;
        }
        if self.sample_size != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.CheckFilterRequest", len)?;
        if let Some(v) = self.filter.as_ref() {
            struct_ser.serialize_field("filter", v)?;
        }
        if self.sample_size != 0 {
            struct_ser.serialize_field("sampleSize", &self.sample_size)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for CheckFilterRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "filter",
            "sample_size",
            "sampleSize",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Filter,
            SampleSize,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "filter" => Ok(GeneratedField::Filter),
                            "sampleSize" | "sample_size" => Ok(GeneratedField::SampleSize),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = CheckFilterRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.CheckFilterRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<CheckFilterRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut filter__ = None;
                let mut sample_size__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Filter => {
                            if filter__.is_some() {
                                return Err(serde::de::Error::duplicate_field("filter"));
                            }
                            filter__ = map_.next_value()?;
                        }
                        GeneratedField::SampleSize => {
                            if sample_size__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sampleSize"));
                            }
                            sample_size__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(CheckFilterRequest {
                    filter: filter__,
                    sample_size: sample_size__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.CheckFilterRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for CheckFilterResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.canonical_filter.is_empty() {
            len += 1;
        }
        if self.indexed {
            len += 1;
        }
        if self.sampled_events != 0 {
            len += 1;
        }
        if self.matched_events != 0 {
            len += 1;
        }
        if !self.warnings.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.CheckFilterResponse", len)?;
        if !self.canonical_filter.is_empty() {
            struct_ser.serialize_field("canonicalFilter", &self.canonical_filter)?;
        }
        if self.indexed {
            struct_ser.serialize_field("indexed", &self.indexed)?;
        }
        if self.sampled_events != 0 {
            struct_ser.serialize_field("sampledEvents", &self.sampled_events)?;
        }
        if self.matched_events != 0 {
            struct_ser.serialize_field("matchedEvents", &self.matched_events)?;
        }
        if !self.warnings.is_empty() {
            struct_ser.serialize_field("warnings", &self.warnings)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for CheckFilterResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "canonical_filter",
            "canonicalFilter",
            "indexed",
            "sampled_events",
            "sampledEvents",
            "matched_events",
            "matchedEvents",
            "warnings",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            CanonicalFilter,
            Indexed,
            SampledEvents,
            MatchedEvents,
            Warnings,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "canonicalFilter" | "canonical_filter" => Ok(GeneratedField::CanonicalFilter),
                            "indexed" => Ok(GeneratedField::Indexed),
                            "sampledEvents" | "sampled_events" => Ok(GeneratedField::SampledEvents),
                            "matchedEvents" | "matched_events" => Ok(GeneratedField::MatchedEvents),
                            "warnings" => Ok(GeneratedField::Warnings),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = CheckFilterResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.CheckFilterResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<CheckFilterResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut canonical_filter__ = None;
                let mut indexed__ = None;
                let mut sampled_events__ = None;
                let mut matched_events__ = None;
                let mut warnings__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::CanonicalFilter => {
                            if canonical_filter__.is_some() {
                                return Err(serde::de::Error::duplicate_field("canonicalFilter"));
                            }
                            canonical_filter__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Indexed => {
                            if indexed__.is_some() {
                                return Err(serde::de::Error::duplicate_field("indexed"));
                            }
                            indexed__ = Some(map_.next_value()?);
                        }
                        GeneratedField::SampledEvents => {
                            if sampled_events__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sampledEvents"));
                            }
                            sampled_events__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::MatchedEvents => {
                            if matched_events__.is_some() {
                                return Err(serde::de::Error::duplicate_field("matchedEvents"));
                            }
                            matched_events__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Warnings => {
                            if warnings__.is_some() {
                                return Err(serde::de::Error::duplicate_field("warnings"));
                            }
                            warnings__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(CheckFilterResponse {
                    canonical_filter: canonical_filter__.unwrap_or_default(),
                    indexed: indexed__.unwrap_or_default(),
                    sampled_events: sampled_events__.unwrap_or_default(),
                    matched_events: matched_events__.unwrap_or_default(),
                    warnings: warnings__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.CheckFilterResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Checkpoint {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.cursor.is_empty() {
            len += 1;
        }
        if !self.head_cursor.is_empty() {
            len += 1;
        }
        if self.lag_events != 0 {
            len += 1;
        }
        if self.lag.is_some() {
            len += 1;
        }
        if self.scanned_events != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.Checkpoint", len)?;
        if !self.cursor.is_empty() {
            struct_ser.serialize_field("cursor", &self.cursor)?;
        }
        if !self.head_cursor.is_empty() {
            struct_ser.serialize_field("headCursor", &self.head_cursor)?;
        }
        if self.lag_events != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("lagEvents", ToString::to_string(&self.lag_events).as_str())?;
        }
        if let Some(v) = self.lag.as_ref() {
            struct_ser.serialize_field("lag", v)?;
        }
        if self.scanned_events != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("scannedEvents", ToString::to_string(&self.scanned_events).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Checkpoint {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "cursor",
            "head_cursor",
            "headCursor",
            "lag_events",
            "lagEvents",
            "lag",
            "scanned_events",
            "scannedEvents",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Cursor,
            HeadCursor,
            LagEvents,
            Lag,
            ScannedEvents,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "cursor" => Ok(GeneratedField::Cursor),
                            "headCursor" | "head_cursor" => Ok(GeneratedField::HeadCursor),
                            "lagEvents" | "lag_events" => Ok(GeneratedField::LagEvents),
                            "lag" => Ok(GeneratedField::Lag),
                            "scannedEvents" | "scanned_events" => Ok(GeneratedField::ScannedEvents),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Checkpoint;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.Checkpoint")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Checkpoint, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut cursor__ = None;
                let mut head_cursor__ = None;
                let mut lag_events__ = None;
                let mut lag__ = None;
                let mut scanned_events__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Cursor => {
                            if cursor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cursor"));
                            }
                            cursor__ = Some(map_.next_value()?);
                        }
                        GeneratedField::HeadCursor => {
                            if head_cursor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("headCursor"));
                            }
                            head_cursor__ = Some(map_.next_value()?);
                        }
                        GeneratedField::LagEvents => {
                            if lag_events__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lagEvents"));
                            }
                            lag_events__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Lag => {
                            if lag__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lag"));
                            }
                            lag__ = map_.next_value()?;
                        }
                        GeneratedField::ScannedEvents => {
                            if scanned_events__.is_some() {
                                return Err(serde::de::Error::duplicate_field("scannedEvents"));
                            }
                            scanned_events__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Checkpoint {
                    cursor: cursor__.unwrap_or_default(),
                    head_cursor: head_cursor__.unwrap_or_default(),
                    lag_events: lag_events__.unwrap_or_default(),
                    lag: lag__,
                    scanned_events: scanned_events__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.Checkpoint", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for CivilDate {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.year != 0 {
            len += 1;
        }
        if self.month != 0 {
            len += 1;
        }
        if self.day != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.CivilDate", len)?;
        if self.year != 0 {
            struct_ser.serialize_field("year", &self.year)?;
        }
        if self.month != 0 {
            struct_ser.serialize_field("month", &self.month)?;
        }
        if self.day != 0 {
            struct_ser.serialize_field("day", &self.day)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for CivilDate {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "year",
            "month",
            "day",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Year,
            Month,
            Day,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "year" => Ok(GeneratedField::Year),
                            "month" => Ok(GeneratedField::Month),
                            "day" => Ok(GeneratedField::Day),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = CivilDate;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.CivilDate")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<CivilDate, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut year__ = None;
                let mut month__ = None;
                let mut day__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Year => {
                            if year__.is_some() {
                                return Err(serde::de::Error::duplicate_field("year"));
                            }
                            year__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Month => {
                            if month__.is_some() {
                                return Err(serde::de::Error::duplicate_field("month"));
                            }
                            month__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Day => {
                            if day__.is_some() {
                                return Err(serde::de::Error::duplicate_field("day"));
                            }
                            day__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(CivilDate {
                    year: year__.unwrap_or_default(),
                    month: month__.unwrap_or_default(),
                    day: day__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.CivilDate", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for CodeArticleRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.article.is_some() {
            len += 1;
        }
        if self.explain {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.CodeArticleRequest", len)?;
        if let Some(v) = self.article.as_ref() {
            struct_ser.serialize_field("article", v)?;
        }
        if self.explain {
            struct_ser.serialize_field("explain", &self.explain)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for CodeArticleRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "article",
            "explain",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Article,
            Explain,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "article" => Ok(GeneratedField::Article),
                            "explain" => Ok(GeneratedField::Explain),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = CodeArticleRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.CodeArticleRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<CodeArticleRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut article__ = None;
                let mut explain__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Article => {
                            if article__.is_some() {
                                return Err(serde::de::Error::duplicate_field("article"));
                            }
                            article__ = map_.next_value()?;
                        }
                        GeneratedField::Explain => {
                            if explain__.is_some() {
                                return Err(serde::de::Error::duplicate_field("explain"));
                            }
                            explain__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(CodeArticleRequest {
                    article: article__,
                    explain: explain__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.CodeArticleRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for CodeArticleResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.events.is_empty() {
            len += 1;
        }
        if !self.traces.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.CodeArticleResponse", len)?;
        if !self.events.is_empty() {
            struct_ser.serialize_field("events", &self.events)?;
        }
        if !self.traces.is_empty() {
            struct_ser.serialize_field("traces", &self.traces)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for CodeArticleResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "events",
            "traces",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Events,
            Traces,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "events" => Ok(GeneratedField::Events),
                            "traces" => Ok(GeneratedField::Traces),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = CodeArticleResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.CodeArticleResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<CodeArticleResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut events__ = None;
                let mut traces__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Events => {
                            if events__.is_some() {
                                return Err(serde::de::Error::duplicate_field("events"));
                            }
                            events__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Traces => {
                            if traces__.is_some() {
                                return Err(serde::de::Error::duplicate_field("traces"));
                            }
                            traces__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(CodeArticleResponse {
                    events: events__.unwrap_or_default(),
                    traces: traces__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.CodeArticleResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for EndReason {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "END_REASON_UNSPECIFIED",
            Self::ServerDraining => "END_REASON_SERVER_DRAINING",
            Self::CaughtUp => "END_REASON_CAUGHT_UP",
            Self::LimitReached => "END_REASON_LIMIT_REACHED",
            Self::EndTimeReached => "END_REASON_END_TIME_REACHED",
            Self::StreamAge => "END_REASON_STREAM_AGE",
            Self::TokenExpired => "END_REASON_TOKEN_EXPIRED",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for EndReason {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "END_REASON_UNSPECIFIED",
            "END_REASON_SERVER_DRAINING",
            "END_REASON_CAUGHT_UP",
            "END_REASON_LIMIT_REACHED",
            "END_REASON_END_TIME_REACHED",
            "END_REASON_STREAM_AGE",
            "END_REASON_TOKEN_EXPIRED",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = EndReason;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "END_REASON_UNSPECIFIED" => Ok(EndReason::Unspecified),
                    "END_REASON_SERVER_DRAINING" => Ok(EndReason::ServerDraining),
                    "END_REASON_CAUGHT_UP" => Ok(EndReason::CaughtUp),
                    "END_REASON_LIMIT_REACHED" => Ok(EndReason::LimitReached),
                    "END_REASON_END_TIME_REACHED" => Ok(EndReason::EndTimeReached),
                    "END_REASON_STREAM_AGE" => Ok(EndReason::StreamAge),
                    "END_REASON_TOKEN_EXPIRED" => Ok(EndReason::TokenExpired),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Event {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.event_id.is_empty() {
            len += 1;
        }
        if self.revision != 0 {
            len += 1;
        }
        if self.change != 0 {
            len += 1;
        }
        if !self.cursor.is_empty() {
            len += 1;
        }
        if self.r#type != 0 {
            len += 1;
        }
        if !self.mode.is_empty() {
            len += 1;
        }
        if !self.actors.is_empty() {
            len += 1;
        }
        if !self.recipients.is_empty() {
            len += 1;
        }
        if !self.topics.is_empty() {
            len += 1;
        }
        if self.historical {
            len += 1;
        }
        if self.future {
            len += 1;
        }
        if self.hypothetical {
            len += 1;
        }
        if self.negated {
            len += 1;
        }
        if self.event_date.is_some() {
            len += 1;
        }
        if self.place.is_some() {
            len += 1;
        }
        if self.intensity != 0. {
            len += 1;
        }
        if self.quad_class != 0 {
            len += 1;
        }
        if !self.cameo_code.is_empty() {
            len += 1;
        }
        if self.confidence != 0. {
            len += 1;
        }
        if !self.summary.is_empty() {
            len += 1;
        }
        if !self.mentions.is_empty() {
            len += 1;
        }
        if self.mention_count != 0 {
            len += 1;
        }
        if self.article_count != 0 {
            len += 1;
        }
        if self.publisher_count != 0 {
            len += 1;
        }
        if self.publish_time.is_some() {
            len += 1;
        }
        if self.create_time.is_some() {
            len += 1;
        }
        if self.update_time.is_some() {
            len += 1;
        }
        if !self.coder.is_empty() {
            len += 1;
        }
        if self.magnitude.is_some() {
            len += 1;
        }
        if !self.replaced_by.is_empty() {
            len += 1;
        }
        if !self.retraction_reason.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.Event", len)?;
        if !self.event_id.is_empty() {
            struct_ser.serialize_field("eventId", &self.event_id)?;
        }
        if self.revision != 0 {
            struct_ser.serialize_field("revision", &self.revision)?;
        }
        if self.change != 0 {
            let v = Change::try_from(self.change)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.change)))?;
            struct_ser.serialize_field("change", &v)?;
        }
        if !self.cursor.is_empty() {
            struct_ser.serialize_field("cursor", &self.cursor)?;
        }
        if self.r#type != 0 {
            let v = EventType::try_from(self.r#type)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.r#type)))?;
            struct_ser.serialize_field("type", &v)?;
        }
        if !self.mode.is_empty() {
            struct_ser.serialize_field("mode", &self.mode)?;
        }
        if !self.actors.is_empty() {
            struct_ser.serialize_field("actors", &self.actors)?;
        }
        if !self.recipients.is_empty() {
            struct_ser.serialize_field("recipients", &self.recipients)?;
        }
        if !self.topics.is_empty() {
            struct_ser.serialize_field("topics", &self.topics)?;
        }
        if self.historical {
            struct_ser.serialize_field("historical", &self.historical)?;
        }
        if self.future {
            struct_ser.serialize_field("future", &self.future)?;
        }
        if self.hypothetical {
            struct_ser.serialize_field("hypothetical", &self.hypothetical)?;
        }
        if self.negated {
            struct_ser.serialize_field("negated", &self.negated)?;
        }
        if let Some(v) = self.event_date.as_ref() {
            struct_ser.serialize_field("eventDate", v)?;
        }
        if let Some(v) = self.place.as_ref() {
            struct_ser.serialize_field("place", v)?;
        }
        if self.intensity != 0. {
            struct_ser.serialize_field("intensity", &self.intensity)?;
        }
        if self.quad_class != 0 {
            struct_ser.serialize_field("quadClass", &self.quad_class)?;
        }
        if !self.cameo_code.is_empty() {
            struct_ser.serialize_field("cameoCode", &self.cameo_code)?;
        }
        if self.confidence != 0. {
            struct_ser.serialize_field("confidence", &self.confidence)?;
        }
        if !self.summary.is_empty() {
            struct_ser.serialize_field("summary", &self.summary)?;
        }
        if !self.mentions.is_empty() {
            struct_ser.serialize_field("mentions", &self.mentions)?;
        }
        if self.mention_count != 0 {
            struct_ser.serialize_field("mentionCount", &self.mention_count)?;
        }
        if self.article_count != 0 {
            struct_ser.serialize_field("articleCount", &self.article_count)?;
        }
        if self.publisher_count != 0 {
            struct_ser.serialize_field("publisherCount", &self.publisher_count)?;
        }
        if let Some(v) = self.publish_time.as_ref() {
            struct_ser.serialize_field("publishTime", v)?;
        }
        if let Some(v) = self.create_time.as_ref() {
            struct_ser.serialize_field("createTime", v)?;
        }
        if let Some(v) = self.update_time.as_ref() {
            struct_ser.serialize_field("updateTime", v)?;
        }
        if !self.coder.is_empty() {
            struct_ser.serialize_field("coder", &self.coder)?;
        }
        if let Some(v) = self.magnitude.as_ref() {
            struct_ser.serialize_field("magnitude", v)?;
        }
        if !self.replaced_by.is_empty() {
            struct_ser.serialize_field("replacedBy", &self.replaced_by)?;
        }
        if !self.retraction_reason.is_empty() {
            struct_ser.serialize_field("retractionReason", &self.retraction_reason)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Event {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "event_id",
            "eventId",
            "revision",
            "change",
            "cursor",
            "type",
            "mode",
            "actors",
            "recipients",
            "topics",
            "historical",
            "future",
            "hypothetical",
            "negated",
            "event_date",
            "eventDate",
            "place",
            "intensity",
            "quad_class",
            "quadClass",
            "cameo_code",
            "cameoCode",
            "confidence",
            "summary",
            "mentions",
            "mention_count",
            "mentionCount",
            "article_count",
            "articleCount",
            "publisher_count",
            "publisherCount",
            "publish_time",
            "publishTime",
            "create_time",
            "createTime",
            "update_time",
            "updateTime",
            "coder",
            "magnitude",
            "replaced_by",
            "replacedBy",
            "retraction_reason",
            "retractionReason",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            EventId,
            Revision,
            Change,
            Cursor,
            Type,
            Mode,
            Actors,
            Recipients,
            Topics,
            Historical,
            Future,
            Hypothetical,
            Negated,
            EventDate,
            Place,
            Intensity,
            QuadClass,
            CameoCode,
            Confidence,
            Summary,
            Mentions,
            MentionCount,
            ArticleCount,
            PublisherCount,
            PublishTime,
            CreateTime,
            UpdateTime,
            Coder,
            Magnitude,
            ReplacedBy,
            RetractionReason,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "eventId" | "event_id" => Ok(GeneratedField::EventId),
                            "revision" => Ok(GeneratedField::Revision),
                            "change" => Ok(GeneratedField::Change),
                            "cursor" => Ok(GeneratedField::Cursor),
                            "type" => Ok(GeneratedField::Type),
                            "mode" => Ok(GeneratedField::Mode),
                            "actors" => Ok(GeneratedField::Actors),
                            "recipients" => Ok(GeneratedField::Recipients),
                            "topics" => Ok(GeneratedField::Topics),
                            "historical" => Ok(GeneratedField::Historical),
                            "future" => Ok(GeneratedField::Future),
                            "hypothetical" => Ok(GeneratedField::Hypothetical),
                            "negated" => Ok(GeneratedField::Negated),
                            "eventDate" | "event_date" => Ok(GeneratedField::EventDate),
                            "place" => Ok(GeneratedField::Place),
                            "intensity" => Ok(GeneratedField::Intensity),
                            "quadClass" | "quad_class" => Ok(GeneratedField::QuadClass),
                            "cameoCode" | "cameo_code" => Ok(GeneratedField::CameoCode),
                            "confidence" => Ok(GeneratedField::Confidence),
                            "summary" => Ok(GeneratedField::Summary),
                            "mentions" => Ok(GeneratedField::Mentions),
                            "mentionCount" | "mention_count" => Ok(GeneratedField::MentionCount),
                            "articleCount" | "article_count" => Ok(GeneratedField::ArticleCount),
                            "publisherCount" | "publisher_count" => Ok(GeneratedField::PublisherCount),
                            "publishTime" | "publish_time" => Ok(GeneratedField::PublishTime),
                            "createTime" | "create_time" => Ok(GeneratedField::CreateTime),
                            "updateTime" | "update_time" => Ok(GeneratedField::UpdateTime),
                            "coder" => Ok(GeneratedField::Coder),
                            "magnitude" => Ok(GeneratedField::Magnitude),
                            "replacedBy" | "replaced_by" => Ok(GeneratedField::ReplacedBy),
                            "retractionReason" | "retraction_reason" => Ok(GeneratedField::RetractionReason),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Event;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.Event")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Event, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut event_id__ = None;
                let mut revision__ = None;
                let mut change__ = None;
                let mut cursor__ = None;
                let mut r#type__ = None;
                let mut mode__ = None;
                let mut actors__ = None;
                let mut recipients__ = None;
                let mut topics__ = None;
                let mut historical__ = None;
                let mut future__ = None;
                let mut hypothetical__ = None;
                let mut negated__ = None;
                let mut event_date__ = None;
                let mut place__ = None;
                let mut intensity__ = None;
                let mut quad_class__ = None;
                let mut cameo_code__ = None;
                let mut confidence__ = None;
                let mut summary__ = None;
                let mut mentions__ = None;
                let mut mention_count__ = None;
                let mut article_count__ = None;
                let mut publisher_count__ = None;
                let mut publish_time__ = None;
                let mut create_time__ = None;
                let mut update_time__ = None;
                let mut coder__ = None;
                let mut magnitude__ = None;
                let mut replaced_by__ = None;
                let mut retraction_reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::EventId => {
                            if event_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("eventId"));
                            }
                            event_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Revision => {
                            if revision__.is_some() {
                                return Err(serde::de::Error::duplicate_field("revision"));
                            }
                            revision__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Change => {
                            if change__.is_some() {
                                return Err(serde::de::Error::duplicate_field("change"));
                            }
                            change__ = Some(map_.next_value::<Change>()? as i32);
                        }
                        GeneratedField::Cursor => {
                            if cursor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cursor"));
                            }
                            cursor__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Type => {
                            if r#type__.is_some() {
                                return Err(serde::de::Error::duplicate_field("type"));
                            }
                            r#type__ = Some(map_.next_value::<EventType>()? as i32);
                        }
                        GeneratedField::Mode => {
                            if mode__.is_some() {
                                return Err(serde::de::Error::duplicate_field("mode"));
                            }
                            mode__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Actors => {
                            if actors__.is_some() {
                                return Err(serde::de::Error::duplicate_field("actors"));
                            }
                            actors__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Recipients => {
                            if recipients__.is_some() {
                                return Err(serde::de::Error::duplicate_field("recipients"));
                            }
                            recipients__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Topics => {
                            if topics__.is_some() {
                                return Err(serde::de::Error::duplicate_field("topics"));
                            }
                            topics__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Historical => {
                            if historical__.is_some() {
                                return Err(serde::de::Error::duplicate_field("historical"));
                            }
                            historical__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Future => {
                            if future__.is_some() {
                                return Err(serde::de::Error::duplicate_field("future"));
                            }
                            future__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Hypothetical => {
                            if hypothetical__.is_some() {
                                return Err(serde::de::Error::duplicate_field("hypothetical"));
                            }
                            hypothetical__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Negated => {
                            if negated__.is_some() {
                                return Err(serde::de::Error::duplicate_field("negated"));
                            }
                            negated__ = Some(map_.next_value()?);
                        }
                        GeneratedField::EventDate => {
                            if event_date__.is_some() {
                                return Err(serde::de::Error::duplicate_field("eventDate"));
                            }
                            event_date__ = map_.next_value()?;
                        }
                        GeneratedField::Place => {
                            if place__.is_some() {
                                return Err(serde::de::Error::duplicate_field("place"));
                            }
                            place__ = map_.next_value()?;
                        }
                        GeneratedField::Intensity => {
                            if intensity__.is_some() {
                                return Err(serde::de::Error::duplicate_field("intensity"));
                            }
                            intensity__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::QuadClass => {
                            if quad_class__.is_some() {
                                return Err(serde::de::Error::duplicate_field("quadClass"));
                            }
                            quad_class__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::CameoCode => {
                            if cameo_code__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cameoCode"));
                            }
                            cameo_code__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Confidence => {
                            if confidence__.is_some() {
                                return Err(serde::de::Error::duplicate_field("confidence"));
                            }
                            confidence__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Summary => {
                            if summary__.is_some() {
                                return Err(serde::de::Error::duplicate_field("summary"));
                            }
                            summary__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Mentions => {
                            if mentions__.is_some() {
                                return Err(serde::de::Error::duplicate_field("mentions"));
                            }
                            mentions__ = Some(map_.next_value()?);
                        }
                        GeneratedField::MentionCount => {
                            if mention_count__.is_some() {
                                return Err(serde::de::Error::duplicate_field("mentionCount"));
                            }
                            mention_count__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::ArticleCount => {
                            if article_count__.is_some() {
                                return Err(serde::de::Error::duplicate_field("articleCount"));
                            }
                            article_count__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::PublisherCount => {
                            if publisher_count__.is_some() {
                                return Err(serde::de::Error::duplicate_field("publisherCount"));
                            }
                            publisher_count__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::PublishTime => {
                            if publish_time__.is_some() {
                                return Err(serde::de::Error::duplicate_field("publishTime"));
                            }
                            publish_time__ = map_.next_value()?;
                        }
                        GeneratedField::CreateTime => {
                            if create_time__.is_some() {
                                return Err(serde::de::Error::duplicate_field("createTime"));
                            }
                            create_time__ = map_.next_value()?;
                        }
                        GeneratedField::UpdateTime => {
                            if update_time__.is_some() {
                                return Err(serde::de::Error::duplicate_field("updateTime"));
                            }
                            update_time__ = map_.next_value()?;
                        }
                        GeneratedField::Coder => {
                            if coder__.is_some() {
                                return Err(serde::de::Error::duplicate_field("coder"));
                            }
                            coder__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Magnitude => {
                            if magnitude__.is_some() {
                                return Err(serde::de::Error::duplicate_field("magnitude"));
                            }
                            magnitude__ = map_.next_value()?;
                        }
                        GeneratedField::ReplacedBy => {
                            if replaced_by__.is_some() {
                                return Err(serde::de::Error::duplicate_field("replacedBy"));
                            }
                            replaced_by__ = Some(map_.next_value()?);
                        }
                        GeneratedField::RetractionReason => {
                            if retraction_reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("retractionReason"));
                            }
                            retraction_reason__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Event {
                    event_id: event_id__.unwrap_or_default(),
                    revision: revision__.unwrap_or_default(),
                    change: change__.unwrap_or_default(),
                    cursor: cursor__.unwrap_or_default(),
                    r#type: r#type__.unwrap_or_default(),
                    mode: mode__.unwrap_or_default(),
                    actors: actors__.unwrap_or_default(),
                    recipients: recipients__.unwrap_or_default(),
                    topics: topics__.unwrap_or_default(),
                    historical: historical__.unwrap_or_default(),
                    future: future__.unwrap_or_default(),
                    hypothetical: hypothetical__.unwrap_or_default(),
                    negated: negated__.unwrap_or_default(),
                    event_date: event_date__,
                    place: place__,
                    intensity: intensity__.unwrap_or_default(),
                    quad_class: quad_class__.unwrap_or_default(),
                    cameo_code: cameo_code__.unwrap_or_default(),
                    confidence: confidence__.unwrap_or_default(),
                    summary: summary__.unwrap_or_default(),
                    mentions: mentions__.unwrap_or_default(),
                    mention_count: mention_count__.unwrap_or_default(),
                    article_count: article_count__.unwrap_or_default(),
                    publisher_count: publisher_count__.unwrap_or_default(),
                    publish_time: publish_time__,
                    create_time: create_time__,
                    update_time: update_time__,
                    coder: coder__.unwrap_or_default(),
                    magnitude: magnitude__,
                    replaced_by: replaced_by__.unwrap_or_default(),
                    retraction_reason: retraction_reason__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.Event", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for EventAggregate {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.keys.is_empty() {
            len += 1;
        }
        if self.bucket_time.is_some() {
            len += 1;
        }
        if self.event_count != 0 {
            len += 1;
        }
        if self.mean_intensity != 0. {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.EventAggregate", len)?;
        if !self.keys.is_empty() {
            struct_ser.serialize_field("keys", &self.keys)?;
        }
        if let Some(v) = self.bucket_time.as_ref() {
            struct_ser.serialize_field("bucketTime", v)?;
        }
        if self.event_count != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("eventCount", ToString::to_string(&self.event_count).as_str())?;
        }
        if self.mean_intensity != 0. {
            struct_ser.serialize_field("meanIntensity", &self.mean_intensity)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for EventAggregate {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "keys",
            "bucket_time",
            "bucketTime",
            "event_count",
            "eventCount",
            "mean_intensity",
            "meanIntensity",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Keys,
            BucketTime,
            EventCount,
            MeanIntensity,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "keys" => Ok(GeneratedField::Keys),
                            "bucketTime" | "bucket_time" => Ok(GeneratedField::BucketTime),
                            "eventCount" | "event_count" => Ok(GeneratedField::EventCount),
                            "meanIntensity" | "mean_intensity" => Ok(GeneratedField::MeanIntensity),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = EventAggregate;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.EventAggregate")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<EventAggregate, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut keys__ = None;
                let mut bucket_time__ = None;
                let mut event_count__ = None;
                let mut mean_intensity__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Keys => {
                            if keys__.is_some() {
                                return Err(serde::de::Error::duplicate_field("keys"));
                            }
                            keys__ = Some(
                                map_.next_value::<std::collections::BTreeMap<_, _>>()?
                            );
                        }
                        GeneratedField::BucketTime => {
                            if bucket_time__.is_some() {
                                return Err(serde::de::Error::duplicate_field("bucketTime"));
                            }
                            bucket_time__ = map_.next_value()?;
                        }
                        GeneratedField::EventCount => {
                            if event_count__.is_some() {
                                return Err(serde::de::Error::duplicate_field("eventCount"));
                            }
                            event_count__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::MeanIntensity => {
                            if mean_intensity__.is_some() {
                                return Err(serde::de::Error::duplicate_field("meanIntensity"));
                            }
                            mean_intensity__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(EventAggregate {
                    keys: keys__.unwrap_or_default(),
                    bucket_time: bucket_time__,
                    event_count: event_count__.unwrap_or_default(),
                    mean_intensity: mean_intensity__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.EventAggregate", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for EventBatch {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.events.is_empty() {
            len += 1;
        }
        if !self.cursor.is_empty() {
            len += 1;
        }
        if !self.left.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.EventBatch", len)?;
        if !self.events.is_empty() {
            struct_ser.serialize_field("events", &self.events)?;
        }
        if !self.cursor.is_empty() {
            struct_ser.serialize_field("cursor", &self.cursor)?;
        }
        if !self.left.is_empty() {
            struct_ser.serialize_field("left", &self.left)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for EventBatch {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "events",
            "cursor",
            "left",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Events,
            Cursor,
            Left,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "events" => Ok(GeneratedField::Events),
                            "cursor" => Ok(GeneratedField::Cursor),
                            "left" => Ok(GeneratedField::Left),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = EventBatch;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.EventBatch")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<EventBatch, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut events__ = None;
                let mut cursor__ = None;
                let mut left__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Events => {
                            if events__.is_some() {
                                return Err(serde::de::Error::duplicate_field("events"));
                            }
                            events__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Cursor => {
                            if cursor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cursor"));
                            }
                            cursor__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Left => {
                            if left__.is_some() {
                                return Err(serde::de::Error::duplicate_field("left"));
                            }
                            left__ = 
                                Some(map_.next_value::<Vec<::pbjson::private::NumberDeserialize<_>>>()?
                                    .into_iter().map(|x| x.0).collect())
                            ;
                        }
                    }
                }
                Ok(EventBatch {
                    events: events__.unwrap_or_default(),
                    cursor: cursor__.unwrap_or_default(),
                    left: left__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.EventBatch", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for EventFilter {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.actors.is_empty() {
            len += 1;
        }
        if !self.topics.is_empty() {
            len += 1;
        }
        if !self.types.is_empty() {
            len += 1;
        }
        if !self.expression.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.EventFilter", len)?;
        if !self.actors.is_empty() {
            struct_ser.serialize_field("actors", &self.actors)?;
        }
        if !self.topics.is_empty() {
            struct_ser.serialize_field("topics", &self.topics)?;
        }
        if !self.types.is_empty() {
            let v = self.types.iter().cloned().map(|v| {
                EventType::try_from(v)
                    .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", v)))
                }).collect::<std::result::Result<Vec<_>, _>>()?;
            struct_ser.serialize_field("types", &v)?;
        }
        if !self.expression.is_empty() {
            struct_ser.serialize_field("expression", &self.expression)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for EventFilter {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "actors",
            "topics",
            "types",
            "expression",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Actors,
            Topics,
            Types,
            Expression,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "actors" => Ok(GeneratedField::Actors),
                            "topics" => Ok(GeneratedField::Topics),
                            "types" => Ok(GeneratedField::Types),
                            "expression" => Ok(GeneratedField::Expression),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = EventFilter;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.EventFilter")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<EventFilter, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut actors__ = None;
                let mut topics__ = None;
                let mut types__ = None;
                let mut expression__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Actors => {
                            if actors__.is_some() {
                                return Err(serde::de::Error::duplicate_field("actors"));
                            }
                            actors__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Topics => {
                            if topics__.is_some() {
                                return Err(serde::de::Error::duplicate_field("topics"));
                            }
                            topics__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Types => {
                            if types__.is_some() {
                                return Err(serde::de::Error::duplicate_field("types"));
                            }
                            types__ = Some(map_.next_value::<Vec<EventType>>()?.into_iter().map(|x| x as i32).collect());
                        }
                        GeneratedField::Expression => {
                            if expression__.is_some() {
                                return Err(serde::de::Error::duplicate_field("expression"));
                            }
                            expression__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(EventFilter {
                    actors: actors__.unwrap_or_default(),
                    topics: topics__.unwrap_or_default(),
                    types: types__.unwrap_or_default(),
                    expression: expression__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.EventFilter", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for EventType {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "EVENT_TYPE_UNSPECIFIED",
            Self::Agree => "EVENT_TYPE_AGREE",
            Self::Consult => "EVENT_TYPE_CONSULT",
            Self::Support => "EVENT_TYPE_SUPPORT",
            Self::Concede => "EVENT_TYPE_CONCEDE",
            Self::Cooperate => "EVENT_TYPE_COOPERATE",
            Self::Aid => "EVENT_TYPE_AID",
            Self::Retreat => "EVENT_TYPE_RETREAT",
            Self::Request => "EVENT_TYPE_REQUEST",
            Self::Accuse => "EVENT_TYPE_ACCUSE",
            Self::Reject => "EVENT_TYPE_REJECT",
            Self::Threaten => "EVENT_TYPE_THREATEN",
            Self::Protest => "EVENT_TYPE_PROTEST",
            Self::Sanction => "EVENT_TYPE_SANCTION",
            Self::Mobilize => "EVENT_TYPE_MOBILIZE",
            Self::Coerce => "EVENT_TYPE_COERCE",
            Self::Assault => "EVENT_TYPE_ASSAULT",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for EventType {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "EVENT_TYPE_UNSPECIFIED",
            "EVENT_TYPE_AGREE",
            "EVENT_TYPE_CONSULT",
            "EVENT_TYPE_SUPPORT",
            "EVENT_TYPE_CONCEDE",
            "EVENT_TYPE_COOPERATE",
            "EVENT_TYPE_AID",
            "EVENT_TYPE_RETREAT",
            "EVENT_TYPE_REQUEST",
            "EVENT_TYPE_ACCUSE",
            "EVENT_TYPE_REJECT",
            "EVENT_TYPE_THREATEN",
            "EVENT_TYPE_PROTEST",
            "EVENT_TYPE_SANCTION",
            "EVENT_TYPE_MOBILIZE",
            "EVENT_TYPE_COERCE",
            "EVENT_TYPE_ASSAULT",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = EventType;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "EVENT_TYPE_UNSPECIFIED" => Ok(EventType::Unspecified),
                    "EVENT_TYPE_AGREE" => Ok(EventType::Agree),
                    "EVENT_TYPE_CONSULT" => Ok(EventType::Consult),
                    "EVENT_TYPE_SUPPORT" => Ok(EventType::Support),
                    "EVENT_TYPE_CONCEDE" => Ok(EventType::Concede),
                    "EVENT_TYPE_COOPERATE" => Ok(EventType::Cooperate),
                    "EVENT_TYPE_AID" => Ok(EventType::Aid),
                    "EVENT_TYPE_RETREAT" => Ok(EventType::Retreat),
                    "EVENT_TYPE_REQUEST" => Ok(EventType::Request),
                    "EVENT_TYPE_ACCUSE" => Ok(EventType::Accuse),
                    "EVENT_TYPE_REJECT" => Ok(EventType::Reject),
                    "EVENT_TYPE_THREATEN" => Ok(EventType::Threaten),
                    "EVENT_TYPE_PROTEST" => Ok(EventType::Protest),
                    "EVENT_TYPE_SANCTION" => Ok(EventType::Sanction),
                    "EVENT_TYPE_MOBILIZE" => Ok(EventType::Mobilize),
                    "EVENT_TYPE_COERCE" => Ok(EventType::Coerce),
                    "EVENT_TYPE_ASSAULT" => Ok(EventType::Assault),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for EventsSkipped {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.after_cursor.is_empty() {
            len += 1;
        }
        if !self.through_cursor.is_empty() {
            len += 1;
        }
        if self.skipped_events != 0 {
            len += 1;
        }
        if self.reason != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.EventsSkipped", len)?;
        if !self.after_cursor.is_empty() {
            struct_ser.serialize_field("afterCursor", &self.after_cursor)?;
        }
        if !self.through_cursor.is_empty() {
            struct_ser.serialize_field("throughCursor", &self.through_cursor)?;
        }
        if self.skipped_events != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("skippedEvents", ToString::to_string(&self.skipped_events).as_str())?;
        }
        if self.reason != 0 {
            let v = SkipReason::try_from(self.reason)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.reason)))?;
            struct_ser.serialize_field("reason", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for EventsSkipped {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "after_cursor",
            "afterCursor",
            "through_cursor",
            "throughCursor",
            "skipped_events",
            "skippedEvents",
            "reason",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            AfterCursor,
            ThroughCursor,
            SkippedEvents,
            Reason,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "afterCursor" | "after_cursor" => Ok(GeneratedField::AfterCursor),
                            "throughCursor" | "through_cursor" => Ok(GeneratedField::ThroughCursor),
                            "skippedEvents" | "skipped_events" => Ok(GeneratedField::SkippedEvents),
                            "reason" => Ok(GeneratedField::Reason),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = EventsSkipped;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.EventsSkipped")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<EventsSkipped, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut after_cursor__ = None;
                let mut through_cursor__ = None;
                let mut skipped_events__ = None;
                let mut reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::AfterCursor => {
                            if after_cursor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("afterCursor"));
                            }
                            after_cursor__ = Some(map_.next_value()?);
                        }
                        GeneratedField::ThroughCursor => {
                            if through_cursor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("throughCursor"));
                            }
                            through_cursor__ = Some(map_.next_value()?);
                        }
                        GeneratedField::SkippedEvents => {
                            if skipped_events__.is_some() {
                                return Err(serde::de::Error::duplicate_field("skippedEvents"));
                            }
                            skipped_events__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = Some(map_.next_value::<SkipReason>()? as i32);
                        }
                    }
                }
                Ok(EventsSkipped {
                    after_cursor: after_cursor__.unwrap_or_default(),
                    through_cursor: through_cursor__.unwrap_or_default(),
                    skipped_events: skipped_events__.unwrap_or_default(),
                    reason: reason__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.EventsSkipped", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ExpiredCursorPolicy {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "EXPIRED_CURSOR_POLICY_UNSPECIFIED",
            Self::Fail => "EXPIRED_CURSOR_POLICY_FAIL",
            Self::SkipToOldest => "EXPIRED_CURSOR_POLICY_SKIP_TO_OLDEST",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for ExpiredCursorPolicy {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "EXPIRED_CURSOR_POLICY_UNSPECIFIED",
            "EXPIRED_CURSOR_POLICY_FAIL",
            "EXPIRED_CURSOR_POLICY_SKIP_TO_OLDEST",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = ExpiredCursorPolicy;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "EXPIRED_CURSOR_POLICY_UNSPECIFIED" => Ok(ExpiredCursorPolicy::Unspecified),
                    "EXPIRED_CURSOR_POLICY_FAIL" => Ok(ExpiredCursorPolicy::Fail),
                    "EXPIRED_CURSOR_POLICY_SKIP_TO_OLDEST" => Ok(ExpiredCursorPolicy::SkipToOldest),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for FellBehind {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.cursor.is_empty() {
            len += 1;
        }
        if self.lag_events != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.FellBehind", len)?;
        if !self.cursor.is_empty() {
            struct_ser.serialize_field("cursor", &self.cursor)?;
        }
        if self.lag_events != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("lagEvents", ToString::to_string(&self.lag_events).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for FellBehind {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "cursor",
            "lag_events",
            "lagEvents",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Cursor,
            LagEvents,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "cursor" => Ok(GeneratedField::Cursor),
                            "lagEvents" | "lag_events" => Ok(GeneratedField::LagEvents),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = FellBehind;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.FellBehind")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<FellBehind, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut cursor__ = None;
                let mut lag_events__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Cursor => {
                            if cursor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cursor"));
                            }
                            cursor__ = Some(map_.next_value()?);
                        }
                        GeneratedField::LagEvents => {
                            if lag_events__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lagEvents"));
                            }
                            lag_events__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(FellBehind {
                    cursor: cursor__.unwrap_or_default(),
                    lag_events: lag_events__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.FellBehind", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for FilterChanged {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.generation != 0 {
            len += 1;
        }
        if !self.canonical_filter.is_empty() {
            len += 1;
        }
        if !self.cursor.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.FilterChanged", len)?;
        if self.generation != 0 {
            struct_ser.serialize_field("generation", &self.generation)?;
        }
        if !self.canonical_filter.is_empty() {
            struct_ser.serialize_field("canonicalFilter", &self.canonical_filter)?;
        }
        if !self.cursor.is_empty() {
            struct_ser.serialize_field("cursor", &self.cursor)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for FilterChanged {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "generation",
            "canonical_filter",
            "canonicalFilter",
            "cursor",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Generation,
            CanonicalFilter,
            Cursor,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "generation" => Ok(GeneratedField::Generation),
                            "canonicalFilter" | "canonical_filter" => Ok(GeneratedField::CanonicalFilter),
                            "cursor" => Ok(GeneratedField::Cursor),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = FilterChanged;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.FilterChanged")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<FilterChanged, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut generation__ = None;
                let mut canonical_filter__ = None;
                let mut cursor__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Generation => {
                            if generation__.is_some() {
                                return Err(serde::de::Error::duplicate_field("generation"));
                            }
                            generation__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::CanonicalFilter => {
                            if canonical_filter__.is_some() {
                                return Err(serde::de::Error::duplicate_field("canonicalFilter"));
                            }
                            canonical_filter__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Cursor => {
                            if cursor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cursor"));
                            }
                            cursor__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(FilterChanged {
                    generation: generation__.unwrap_or_default(),
                    canonical_filter: canonical_filter__.unwrap_or_default(),
                    cursor: cursor__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.FilterChanged", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GetArticleRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.article_id.is_empty() {
            len += 1;
        }
        if !self.text_hash.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.GetArticleRequest", len)?;
        if !self.article_id.is_empty() {
            struct_ser.serialize_field("articleId", &self.article_id)?;
        }
        if !self.text_hash.is_empty() {
            struct_ser.serialize_field("textHash", &self.text_hash)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GetArticleRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "article_id",
            "articleId",
            "text_hash",
            "textHash",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            ArticleId,
            TextHash,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "articleId" | "article_id" => Ok(GeneratedField::ArticleId),
                            "textHash" | "text_hash" => Ok(GeneratedField::TextHash),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GetArticleRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.GetArticleRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GetArticleRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut article_id__ = None;
                let mut text_hash__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::ArticleId => {
                            if article_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("articleId"));
                            }
                            article_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::TextHash => {
                            if text_hash__.is_some() {
                                return Err(serde::de::Error::duplicate_field("textHash"));
                            }
                            text_hash__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(GetArticleRequest {
                    article_id: article_id__.unwrap_or_default(),
                    text_hash: text_hash__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.GetArticleRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GetArticleResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.article.is_some() {
            len += 1;
        }
        if !self.text_hash.is_empty() {
            len += 1;
        }
        if !self.event_ids.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.GetArticleResponse", len)?;
        if let Some(v) = self.article.as_ref() {
            struct_ser.serialize_field("article", v)?;
        }
        if !self.text_hash.is_empty() {
            struct_ser.serialize_field("textHash", &self.text_hash)?;
        }
        if !self.event_ids.is_empty() {
            struct_ser.serialize_field("eventIds", &self.event_ids)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GetArticleResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "article",
            "text_hash",
            "textHash",
            "event_ids",
            "eventIds",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Article,
            TextHash,
            EventIds,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "article" => Ok(GeneratedField::Article),
                            "textHash" | "text_hash" => Ok(GeneratedField::TextHash),
                            "eventIds" | "event_ids" => Ok(GeneratedField::EventIds),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GetArticleResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.GetArticleResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GetArticleResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut article__ = None;
                let mut text_hash__ = None;
                let mut event_ids__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Article => {
                            if article__.is_some() {
                                return Err(serde::de::Error::duplicate_field("article"));
                            }
                            article__ = map_.next_value()?;
                        }
                        GeneratedField::TextHash => {
                            if text_hash__.is_some() {
                                return Err(serde::de::Error::duplicate_field("textHash"));
                            }
                            text_hash__ = Some(map_.next_value()?);
                        }
                        GeneratedField::EventIds => {
                            if event_ids__.is_some() {
                                return Err(serde::de::Error::duplicate_field("eventIds"));
                            }
                            event_ids__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(GetArticleResponse {
                    article: article__,
                    text_hash: text_hash__.unwrap_or_default(),
                    event_ids: event_ids__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.GetArticleResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GetEventRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.event_id.is_empty() {
            len += 1;
        }
        if self.revision != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.GetEventRequest", len)?;
        if !self.event_id.is_empty() {
            struct_ser.serialize_field("eventId", &self.event_id)?;
        }
        if self.revision != 0 {
            struct_ser.serialize_field("revision", &self.revision)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GetEventRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "event_id",
            "eventId",
            "revision",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            EventId,
            Revision,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "eventId" | "event_id" => Ok(GeneratedField::EventId),
                            "revision" => Ok(GeneratedField::Revision),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GetEventRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.GetEventRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GetEventRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut event_id__ = None;
                let mut revision__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::EventId => {
                            if event_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("eventId"));
                            }
                            event_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Revision => {
                            if revision__.is_some() {
                                return Err(serde::de::Error::duplicate_field("revision"));
                            }
                            revision__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(GetEventRequest {
                    event_id: event_id__.unwrap_or_default(),
                    revision: revision__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.GetEventRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GetEventResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.event.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.GetEventResponse", len)?;
        if let Some(v) = self.event.as_ref() {
            struct_ser.serialize_field("event", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GetEventResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "event",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Event,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "event" => Ok(GeneratedField::Event),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GetEventResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.GetEventResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GetEventResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut event__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Event => {
                            if event__.is_some() {
                                return Err(serde::de::Error::duplicate_field("event"));
                            }
                            event__ = map_.next_value()?;
                        }
                    }
                }
                Ok(GetEventResponse {
                    event: event__,
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.GetEventResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GetFeedInfoRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("dateline.v1.GetFeedInfoRequest", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GetFeedInfoRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Err(serde::de::Error::unknown_field(value, FIELDS))
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GetFeedInfoRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.GetFeedInfoRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GetFeedInfoRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(GetFeedInfoRequest {
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.GetFeedInfoRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GetFeedInfoResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.epoch.is_empty() {
            len += 1;
        }
        if !self.oldest_cursor.is_empty() {
            len += 1;
        }
        if !self.head_cursor.is_empty() {
            len += 1;
        }
        if self.oldest_time.is_some() {
            len += 1;
        }
        if self.head_time.is_some() {
            len += 1;
        }
        if self.event_count != 0 {
            len += 1;
        }
        if self.revision_count != 0 {
            len += 1;
        }
        if self.article_count != 0 {
            len += 1;
        }
        if self.subscription_count != 0 {
            len += 1;
        }
        if !self.engine.is_empty() {
            len += 1;
        }
        if !self.server_version.is_empty() {
            len += 1;
        }
        if self.start_time.is_some() {
            len += 1;
        }
        if self.ingest_progress.is_some() {
            len += 1;
        }
        if !self.coder.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.GetFeedInfoResponse", len)?;
        if !self.epoch.is_empty() {
            struct_ser.serialize_field("epoch", &self.epoch)?;
        }
        if !self.oldest_cursor.is_empty() {
            struct_ser.serialize_field("oldestCursor", &self.oldest_cursor)?;
        }
        if !self.head_cursor.is_empty() {
            struct_ser.serialize_field("headCursor", &self.head_cursor)?;
        }
        if let Some(v) = self.oldest_time.as_ref() {
            struct_ser.serialize_field("oldestTime", v)?;
        }
        if let Some(v) = self.head_time.as_ref() {
            struct_ser.serialize_field("headTime", v)?;
        }
        if self.event_count != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("eventCount", ToString::to_string(&self.event_count).as_str())?;
        }
        if self.revision_count != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("revisionCount", ToString::to_string(&self.revision_count).as_str())?;
        }
        if self.article_count != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("articleCount", ToString::to_string(&self.article_count).as_str())?;
        }
        if self.subscription_count != 0 {
            struct_ser.serialize_field("subscriptionCount", &self.subscription_count)?;
        }
        if !self.engine.is_empty() {
            struct_ser.serialize_field("engine", &self.engine)?;
        }
        if !self.server_version.is_empty() {
            struct_ser.serialize_field("serverVersion", &self.server_version)?;
        }
        if let Some(v) = self.start_time.as_ref() {
            struct_ser.serialize_field("startTime", v)?;
        }
        if let Some(v) = self.ingest_progress.as_ref() {
            struct_ser.serialize_field("ingestProgress", v)?;
        }
        if !self.coder.is_empty() {
            struct_ser.serialize_field("coder", &self.coder)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GetFeedInfoResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "epoch",
            "oldest_cursor",
            "oldestCursor",
            "head_cursor",
            "headCursor",
            "oldest_time",
            "oldestTime",
            "head_time",
            "headTime",
            "event_count",
            "eventCount",
            "revision_count",
            "revisionCount",
            "article_count",
            "articleCount",
            "subscription_count",
            "subscriptionCount",
            "engine",
            "server_version",
            "serverVersion",
            "start_time",
            "startTime",
            "ingest_progress",
            "ingestProgress",
            "coder",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Epoch,
            OldestCursor,
            HeadCursor,
            OldestTime,
            HeadTime,
            EventCount,
            RevisionCount,
            ArticleCount,
            SubscriptionCount,
            Engine,
            ServerVersion,
            StartTime,
            IngestProgress,
            Coder,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "epoch" => Ok(GeneratedField::Epoch),
                            "oldestCursor" | "oldest_cursor" => Ok(GeneratedField::OldestCursor),
                            "headCursor" | "head_cursor" => Ok(GeneratedField::HeadCursor),
                            "oldestTime" | "oldest_time" => Ok(GeneratedField::OldestTime),
                            "headTime" | "head_time" => Ok(GeneratedField::HeadTime),
                            "eventCount" | "event_count" => Ok(GeneratedField::EventCount),
                            "revisionCount" | "revision_count" => Ok(GeneratedField::RevisionCount),
                            "articleCount" | "article_count" => Ok(GeneratedField::ArticleCount),
                            "subscriptionCount" | "subscription_count" => Ok(GeneratedField::SubscriptionCount),
                            "engine" => Ok(GeneratedField::Engine),
                            "serverVersion" | "server_version" => Ok(GeneratedField::ServerVersion),
                            "startTime" | "start_time" => Ok(GeneratedField::StartTime),
                            "ingestProgress" | "ingest_progress" => Ok(GeneratedField::IngestProgress),
                            "coder" => Ok(GeneratedField::Coder),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GetFeedInfoResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.GetFeedInfoResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GetFeedInfoResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut epoch__ = None;
                let mut oldest_cursor__ = None;
                let mut head_cursor__ = None;
                let mut oldest_time__ = None;
                let mut head_time__ = None;
                let mut event_count__ = None;
                let mut revision_count__ = None;
                let mut article_count__ = None;
                let mut subscription_count__ = None;
                let mut engine__ = None;
                let mut server_version__ = None;
                let mut start_time__ = None;
                let mut ingest_progress__ = None;
                let mut coder__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Epoch => {
                            if epoch__.is_some() {
                                return Err(serde::de::Error::duplicate_field("epoch"));
                            }
                            epoch__ = Some(map_.next_value()?);
                        }
                        GeneratedField::OldestCursor => {
                            if oldest_cursor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("oldestCursor"));
                            }
                            oldest_cursor__ = Some(map_.next_value()?);
                        }
                        GeneratedField::HeadCursor => {
                            if head_cursor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("headCursor"));
                            }
                            head_cursor__ = Some(map_.next_value()?);
                        }
                        GeneratedField::OldestTime => {
                            if oldest_time__.is_some() {
                                return Err(serde::de::Error::duplicate_field("oldestTime"));
                            }
                            oldest_time__ = map_.next_value()?;
                        }
                        GeneratedField::HeadTime => {
                            if head_time__.is_some() {
                                return Err(serde::de::Error::duplicate_field("headTime"));
                            }
                            head_time__ = map_.next_value()?;
                        }
                        GeneratedField::EventCount => {
                            if event_count__.is_some() {
                                return Err(serde::de::Error::duplicate_field("eventCount"));
                            }
                            event_count__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::RevisionCount => {
                            if revision_count__.is_some() {
                                return Err(serde::de::Error::duplicate_field("revisionCount"));
                            }
                            revision_count__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::ArticleCount => {
                            if article_count__.is_some() {
                                return Err(serde::de::Error::duplicate_field("articleCount"));
                            }
                            article_count__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::SubscriptionCount => {
                            if subscription_count__.is_some() {
                                return Err(serde::de::Error::duplicate_field("subscriptionCount"));
                            }
                            subscription_count__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Engine => {
                            if engine__.is_some() {
                                return Err(serde::de::Error::duplicate_field("engine"));
                            }
                            engine__ = Some(map_.next_value()?);
                        }
                        GeneratedField::ServerVersion => {
                            if server_version__.is_some() {
                                return Err(serde::de::Error::duplicate_field("serverVersion"));
                            }
                            server_version__ = Some(map_.next_value()?);
                        }
                        GeneratedField::StartTime => {
                            if start_time__.is_some() {
                                return Err(serde::de::Error::duplicate_field("startTime"));
                            }
                            start_time__ = map_.next_value()?;
                        }
                        GeneratedField::IngestProgress => {
                            if ingest_progress__.is_some() {
                                return Err(serde::de::Error::duplicate_field("ingestProgress"));
                            }
                            ingest_progress__ = map_.next_value()?;
                        }
                        GeneratedField::Coder => {
                            if coder__.is_some() {
                                return Err(serde::de::Error::duplicate_field("coder"));
                            }
                            coder__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(GetFeedInfoResponse {
                    epoch: epoch__.unwrap_or_default(),
                    oldest_cursor: oldest_cursor__.unwrap_or_default(),
                    head_cursor: head_cursor__.unwrap_or_default(),
                    oldest_time: oldest_time__,
                    head_time: head_time__,
                    event_count: event_count__.unwrap_or_default(),
                    revision_count: revision_count__.unwrap_or_default(),
                    article_count: article_count__.unwrap_or_default(),
                    subscription_count: subscription_count__.unwrap_or_default(),
                    engine: engine__.unwrap_or_default(),
                    server_version: server_version__.unwrap_or_default(),
                    start_time: start_time__,
                    ingest_progress: ingest_progress__,
                    coder: coder__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.GetFeedInfoResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for IngestArticleRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.article.is_some() {
            len += 1;
        }
        if self.recode {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.IngestArticleRequest", len)?;
        if let Some(v) = self.article.as_ref() {
            struct_ser.serialize_field("article", v)?;
        }
        if self.recode {
            struct_ser.serialize_field("recode", &self.recode)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for IngestArticleRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "article",
            "recode",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Article,
            Recode,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "article" => Ok(GeneratedField::Article),
                            "recode" => Ok(GeneratedField::Recode),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = IngestArticleRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.IngestArticleRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<IngestArticleRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut article__ = None;
                let mut recode__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Article => {
                            if article__.is_some() {
                                return Err(serde::de::Error::duplicate_field("article"));
                            }
                            article__ = map_.next_value()?;
                        }
                        GeneratedField::Recode => {
                            if recode__.is_some() {
                                return Err(serde::de::Error::duplicate_field("recode"));
                            }
                            recode__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(IngestArticleRequest {
                    article: article__,
                    recode: recode__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.IngestArticleRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for IngestArticleResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.outcome != 0 {
            len += 1;
        }
        if !self.article_id.is_empty() {
            len += 1;
        }
        if self.created != 0 {
            len += 1;
        }
        if self.corroborated != 0 {
            len += 1;
        }
        if self.corrected != 0 {
            len += 1;
        }
        if self.retracted != 0 {
            len += 1;
        }
        if self.unchanged != 0 {
            len += 1;
        }
        if !self.cursor.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.IngestArticleResponse", len)?;
        if self.outcome != 0 {
            let v = IngestOutcome::try_from(self.outcome)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.outcome)))?;
            struct_ser.serialize_field("outcome", &v)?;
        }
        if !self.article_id.is_empty() {
            struct_ser.serialize_field("articleId", &self.article_id)?;
        }
        if self.created != 0 {
            struct_ser.serialize_field("created", &self.created)?;
        }
        if self.corroborated != 0 {
            struct_ser.serialize_field("corroborated", &self.corroborated)?;
        }
        if self.corrected != 0 {
            struct_ser.serialize_field("corrected", &self.corrected)?;
        }
        if self.retracted != 0 {
            struct_ser.serialize_field("retracted", &self.retracted)?;
        }
        if self.unchanged != 0 {
            struct_ser.serialize_field("unchanged", &self.unchanged)?;
        }
        if !self.cursor.is_empty() {
            struct_ser.serialize_field("cursor", &self.cursor)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for IngestArticleResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "outcome",
            "article_id",
            "articleId",
            "created",
            "corroborated",
            "corrected",
            "retracted",
            "unchanged",
            "cursor",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Outcome,
            ArticleId,
            Created,
            Corroborated,
            Corrected,
            Retracted,
            Unchanged,
            Cursor,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "outcome" => Ok(GeneratedField::Outcome),
                            "articleId" | "article_id" => Ok(GeneratedField::ArticleId),
                            "created" => Ok(GeneratedField::Created),
                            "corroborated" => Ok(GeneratedField::Corroborated),
                            "corrected" => Ok(GeneratedField::Corrected),
                            "retracted" => Ok(GeneratedField::Retracted),
                            "unchanged" => Ok(GeneratedField::Unchanged),
                            "cursor" => Ok(GeneratedField::Cursor),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = IngestArticleResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.IngestArticleResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<IngestArticleResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut outcome__ = None;
                let mut article_id__ = None;
                let mut created__ = None;
                let mut corroborated__ = None;
                let mut corrected__ = None;
                let mut retracted__ = None;
                let mut unchanged__ = None;
                let mut cursor__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Outcome => {
                            if outcome__.is_some() {
                                return Err(serde::de::Error::duplicate_field("outcome"));
                            }
                            outcome__ = Some(map_.next_value::<IngestOutcome>()? as i32);
                        }
                        GeneratedField::ArticleId => {
                            if article_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("articleId"));
                            }
                            article_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Created => {
                            if created__.is_some() {
                                return Err(serde::de::Error::duplicate_field("created"));
                            }
                            created__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Corroborated => {
                            if corroborated__.is_some() {
                                return Err(serde::de::Error::duplicate_field("corroborated"));
                            }
                            corroborated__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Corrected => {
                            if corrected__.is_some() {
                                return Err(serde::de::Error::duplicate_field("corrected"));
                            }
                            corrected__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Retracted => {
                            if retracted__.is_some() {
                                return Err(serde::de::Error::duplicate_field("retracted"));
                            }
                            retracted__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Unchanged => {
                            if unchanged__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unchanged"));
                            }
                            unchanged__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Cursor => {
                            if cursor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cursor"));
                            }
                            cursor__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(IngestArticleResponse {
                    outcome: outcome__.unwrap_or_default(),
                    article_id: article_id__.unwrap_or_default(),
                    created: created__.unwrap_or_default(),
                    corroborated: corroborated__.unwrap_or_default(),
                    corrected: corrected__.unwrap_or_default(),
                    retracted: retracted__.unwrap_or_default(),
                    unchanged: unchanged__.unwrap_or_default(),
                    cursor: cursor__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.IngestArticleResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for IngestArticlesRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.request_id.is_empty() {
            len += 1;
        }
        if self.article.is_some() {
            len += 1;
        }
        if self.recode {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.IngestArticlesRequest", len)?;
        if !self.request_id.is_empty() {
            struct_ser.serialize_field("requestId", &self.request_id)?;
        }
        if let Some(v) = self.article.as_ref() {
            struct_ser.serialize_field("article", v)?;
        }
        if self.recode {
            struct_ser.serialize_field("recode", &self.recode)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for IngestArticlesRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "request_id",
            "requestId",
            "article",
            "recode",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            RequestId,
            Article,
            Recode,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "requestId" | "request_id" => Ok(GeneratedField::RequestId),
                            "article" => Ok(GeneratedField::Article),
                            "recode" => Ok(GeneratedField::Recode),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = IngestArticlesRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.IngestArticlesRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<IngestArticlesRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut request_id__ = None;
                let mut article__ = None;
                let mut recode__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::RequestId => {
                            if request_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("requestId"));
                            }
                            request_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Article => {
                            if article__.is_some() {
                                return Err(serde::de::Error::duplicate_field("article"));
                            }
                            article__ = map_.next_value()?;
                        }
                        GeneratedField::Recode => {
                            if recode__.is_some() {
                                return Err(serde::de::Error::duplicate_field("recode"));
                            }
                            recode__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(IngestArticlesRequest {
                    request_id: request_id__.unwrap_or_default(),
                    article: article__,
                    recode: recode__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.IngestArticlesRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for IngestArticlesResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.request_id.is_empty() {
            len += 1;
        }
        if self.result.is_some() {
            len += 1;
        }
        if !self.error_reason.is_empty() {
            len += 1;
        }
        if !self.error_message.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.IngestArticlesResponse", len)?;
        if !self.request_id.is_empty() {
            struct_ser.serialize_field("requestId", &self.request_id)?;
        }
        if let Some(v) = self.result.as_ref() {
            struct_ser.serialize_field("result", v)?;
        }
        if !self.error_reason.is_empty() {
            struct_ser.serialize_field("errorReason", &self.error_reason)?;
        }
        if !self.error_message.is_empty() {
            struct_ser.serialize_field("errorMessage", &self.error_message)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for IngestArticlesResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "request_id",
            "requestId",
            "result",
            "error_reason",
            "errorReason",
            "error_message",
            "errorMessage",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            RequestId,
            Result,
            ErrorReason,
            ErrorMessage,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "requestId" | "request_id" => Ok(GeneratedField::RequestId),
                            "result" => Ok(GeneratedField::Result),
                            "errorReason" | "error_reason" => Ok(GeneratedField::ErrorReason),
                            "errorMessage" | "error_message" => Ok(GeneratedField::ErrorMessage),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = IngestArticlesResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.IngestArticlesResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<IngestArticlesResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut request_id__ = None;
                let mut result__ = None;
                let mut error_reason__ = None;
                let mut error_message__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::RequestId => {
                            if request_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("requestId"));
                            }
                            request_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Result => {
                            if result__.is_some() {
                                return Err(serde::de::Error::duplicate_field("result"));
                            }
                            result__ = map_.next_value()?;
                        }
                        GeneratedField::ErrorReason => {
                            if error_reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("errorReason"));
                            }
                            error_reason__ = Some(map_.next_value()?);
                        }
                        GeneratedField::ErrorMessage => {
                            if error_message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("errorMessage"));
                            }
                            error_message__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(IngestArticlesResponse {
                    request_id: request_id__.unwrap_or_default(),
                    result: result__,
                    error_reason: error_reason__.unwrap_or_default(),
                    error_message: error_message__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.IngestArticlesResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for IngestOutcome {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "INGEST_OUTCOME_UNSPECIFIED",
            Self::New => "INGEST_OUTCOME_NEW",
            Self::Updated => "INGEST_OUTCOME_UPDATED",
            Self::Duplicate => "INGEST_OUTCOME_DUPLICATE",
            Self::Rejected => "INGEST_OUTCOME_REJECTED",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for IngestOutcome {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "INGEST_OUTCOME_UNSPECIFIED",
            "INGEST_OUTCOME_NEW",
            "INGEST_OUTCOME_UPDATED",
            "INGEST_OUTCOME_DUPLICATE",
            "INGEST_OUTCOME_REJECTED",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = IngestOutcome;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "INGEST_OUTCOME_UNSPECIFIED" => Ok(IngestOutcome::Unspecified),
                    "INGEST_OUTCOME_NEW" => Ok(IngestOutcome::New),
                    "INGEST_OUTCOME_UPDATED" => Ok(IngestOutcome::Updated),
                    "INGEST_OUTCOME_DUPLICATE" => Ok(IngestOutcome::Duplicate),
                    "INGEST_OUTCOME_REJECTED" => Ok(IngestOutcome::Rejected),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for IngestProgress {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.found_articles != 0 {
            len += 1;
        }
        if self.ingested_articles != 0 {
            len += 1;
        }
        if self.refused_items != 0 {
            len += 1;
        }
        if self.done {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.IngestProgress", len)?;
        if self.found_articles != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("foundArticles", ToString::to_string(&self.found_articles).as_str())?;
        }
        if self.ingested_articles != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("ingestedArticles", ToString::to_string(&self.ingested_articles).as_str())?;
        }
        if self.refused_items != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("refusedItems", ToString::to_string(&self.refused_items).as_str())?;
        }
        if self.done {
            struct_ser.serialize_field("done", &self.done)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for IngestProgress {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "found_articles",
            "foundArticles",
            "ingested_articles",
            "ingestedArticles",
            "refused_items",
            "refusedItems",
            "done",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            FoundArticles,
            IngestedArticles,
            RefusedItems,
            Done,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "foundArticles" | "found_articles" => Ok(GeneratedField::FoundArticles),
                            "ingestedArticles" | "ingested_articles" => Ok(GeneratedField::IngestedArticles),
                            "refusedItems" | "refused_items" => Ok(GeneratedField::RefusedItems),
                            "done" => Ok(GeneratedField::Done),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = IngestProgress;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.IngestProgress")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<IngestProgress, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut found_articles__ = None;
                let mut ingested_articles__ = None;
                let mut refused_items__ = None;
                let mut done__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::FoundArticles => {
                            if found_articles__.is_some() {
                                return Err(serde::de::Error::duplicate_field("foundArticles"));
                            }
                            found_articles__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::IngestedArticles => {
                            if ingested_articles__.is_some() {
                                return Err(serde::de::Error::duplicate_field("ingestedArticles"));
                            }
                            ingested_articles__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::RefusedItems => {
                            if refused_items__.is_some() {
                                return Err(serde::de::Error::duplicate_field("refusedItems"));
                            }
                            refused_items__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Done => {
                            if done__.is_some() {
                                return Err(serde::de::Error::duplicate_field("done"));
                            }
                            done__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(IngestProgress {
                    found_articles: found_articles__.unwrap_or_default(),
                    ingested_articles: ingested_articles__.unwrap_or_default(),
                    refused_items: refused_items__.unwrap_or_default(),
                    done: done__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.IngestProgress", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for LagPolicy {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "LAG_POLICY_UNSPECIFIED",
            Self::CatchUp => "LAG_POLICY_CATCH_UP",
            Self::Skip => "LAG_POLICY_SKIP",
            Self::Disconnect => "LAG_POLICY_DISCONNECT",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for LagPolicy {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "LAG_POLICY_UNSPECIFIED",
            "LAG_POLICY_CATCH_UP",
            "LAG_POLICY_SKIP",
            "LAG_POLICY_DISCONNECT",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = LagPolicy;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "LAG_POLICY_UNSPECIFIED" => Ok(LagPolicy::Unspecified),
                    "LAG_POLICY_CATCH_UP" => Ok(LagPolicy::CatchUp),
                    "LAG_POLICY_SKIP" => Ok(LagPolicy::Skip),
                    "LAG_POLICY_DISCONNECT" => Ok(LagPolicy::Disconnect),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for ListActorsRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.query.is_empty() {
            len += 1;
        }
        if self.page_size != 0 {
            len += 1;
        }
        if !self.page_token.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.ListActorsRequest", len)?;
        if !self.query.is_empty() {
            struct_ser.serialize_field("query", &self.query)?;
        }
        if self.page_size != 0 {
            struct_ser.serialize_field("pageSize", &self.page_size)?;
        }
        if !self.page_token.is_empty() {
            struct_ser.serialize_field("pageToken", &self.page_token)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ListActorsRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "query",
            "page_size",
            "pageSize",
            "page_token",
            "pageToken",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Query,
            PageSize,
            PageToken,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "query" => Ok(GeneratedField::Query),
                            "pageSize" | "page_size" => Ok(GeneratedField::PageSize),
                            "pageToken" | "page_token" => Ok(GeneratedField::PageToken),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ListActorsRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.ListActorsRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ListActorsRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut query__ = None;
                let mut page_size__ = None;
                let mut page_token__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Query => {
                            if query__.is_some() {
                                return Err(serde::de::Error::duplicate_field("query"));
                            }
                            query__ = Some(map_.next_value()?);
                        }
                        GeneratedField::PageSize => {
                            if page_size__.is_some() {
                                return Err(serde::de::Error::duplicate_field("pageSize"));
                            }
                            page_size__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::PageToken => {
                            if page_token__.is_some() {
                                return Err(serde::de::Error::duplicate_field("pageToken"));
                            }
                            page_token__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(ListActorsRequest {
                    query: query__.unwrap_or_default(),
                    page_size: page_size__.unwrap_or_default(),
                    page_token: page_token__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.ListActorsRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ListActorsResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.actors.is_empty() {
            len += 1;
        }
        if !self.next_page_token.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.ListActorsResponse", len)?;
        if !self.actors.is_empty() {
            struct_ser.serialize_field("actors", &self.actors)?;
        }
        if !self.next_page_token.is_empty() {
            struct_ser.serialize_field("nextPageToken", &self.next_page_token)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ListActorsResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "actors",
            "next_page_token",
            "nextPageToken",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Actors,
            NextPageToken,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "actors" => Ok(GeneratedField::Actors),
                            "nextPageToken" | "next_page_token" => Ok(GeneratedField::NextPageToken),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ListActorsResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.ListActorsResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ListActorsResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut actors__ = None;
                let mut next_page_token__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Actors => {
                            if actors__.is_some() {
                                return Err(serde::de::Error::duplicate_field("actors"));
                            }
                            actors__ = Some(map_.next_value()?);
                        }
                        GeneratedField::NextPageToken => {
                            if next_page_token__.is_some() {
                                return Err(serde::de::Error::duplicate_field("nextPageToken"));
                            }
                            next_page_token__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(ListActorsResponse {
                    actors: actors__.unwrap_or_default(),
                    next_page_token: next_page_token__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.ListActorsResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ListEventsRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.filter.is_some() {
            len += 1;
        }
        if self.page_size != 0 {
            len += 1;
        }
        if !self.page_token.is_empty() {
            len += 1;
        }
        if self.start_time.is_some() {
            len += 1;
        }
        if self.end_time.is_some() {
            len += 1;
        }
        if self.show_retracted {
            len += 1;
        }
        if self.newest_first {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.ListEventsRequest", len)?;
        if let Some(v) = self.filter.as_ref() {
            struct_ser.serialize_field("filter", v)?;
        }
        if self.page_size != 0 {
            struct_ser.serialize_field("pageSize", &self.page_size)?;
        }
        if !self.page_token.is_empty() {
            struct_ser.serialize_field("pageToken", &self.page_token)?;
        }
        if let Some(v) = self.start_time.as_ref() {
            struct_ser.serialize_field("startTime", v)?;
        }
        if let Some(v) = self.end_time.as_ref() {
            struct_ser.serialize_field("endTime", v)?;
        }
        if self.show_retracted {
            struct_ser.serialize_field("showRetracted", &self.show_retracted)?;
        }
        if self.newest_first {
            struct_ser.serialize_field("newestFirst", &self.newest_first)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ListEventsRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "filter",
            "page_size",
            "pageSize",
            "page_token",
            "pageToken",
            "start_time",
            "startTime",
            "end_time",
            "endTime",
            "show_retracted",
            "showRetracted",
            "newest_first",
            "newestFirst",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Filter,
            PageSize,
            PageToken,
            StartTime,
            EndTime,
            ShowRetracted,
            NewestFirst,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "filter" => Ok(GeneratedField::Filter),
                            "pageSize" | "page_size" => Ok(GeneratedField::PageSize),
                            "pageToken" | "page_token" => Ok(GeneratedField::PageToken),
                            "startTime" | "start_time" => Ok(GeneratedField::StartTime),
                            "endTime" | "end_time" => Ok(GeneratedField::EndTime),
                            "showRetracted" | "show_retracted" => Ok(GeneratedField::ShowRetracted),
                            "newestFirst" | "newest_first" => Ok(GeneratedField::NewestFirst),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ListEventsRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.ListEventsRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ListEventsRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut filter__ = None;
                let mut page_size__ = None;
                let mut page_token__ = None;
                let mut start_time__ = None;
                let mut end_time__ = None;
                let mut show_retracted__ = None;
                let mut newest_first__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Filter => {
                            if filter__.is_some() {
                                return Err(serde::de::Error::duplicate_field("filter"));
                            }
                            filter__ = map_.next_value()?;
                        }
                        GeneratedField::PageSize => {
                            if page_size__.is_some() {
                                return Err(serde::de::Error::duplicate_field("pageSize"));
                            }
                            page_size__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::PageToken => {
                            if page_token__.is_some() {
                                return Err(serde::de::Error::duplicate_field("pageToken"));
                            }
                            page_token__ = Some(map_.next_value()?);
                        }
                        GeneratedField::StartTime => {
                            if start_time__.is_some() {
                                return Err(serde::de::Error::duplicate_field("startTime"));
                            }
                            start_time__ = map_.next_value()?;
                        }
                        GeneratedField::EndTime => {
                            if end_time__.is_some() {
                                return Err(serde::de::Error::duplicate_field("endTime"));
                            }
                            end_time__ = map_.next_value()?;
                        }
                        GeneratedField::ShowRetracted => {
                            if show_retracted__.is_some() {
                                return Err(serde::de::Error::duplicate_field("showRetracted"));
                            }
                            show_retracted__ = Some(map_.next_value()?);
                        }
                        GeneratedField::NewestFirst => {
                            if newest_first__.is_some() {
                                return Err(serde::de::Error::duplicate_field("newestFirst"));
                            }
                            newest_first__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(ListEventsRequest {
                    filter: filter__,
                    page_size: page_size__.unwrap_or_default(),
                    page_token: page_token__.unwrap_or_default(),
                    start_time: start_time__,
                    end_time: end_time__,
                    show_retracted: show_retracted__.unwrap_or_default(),
                    newest_first: newest_first__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.ListEventsRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ListEventsResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.events.is_empty() {
            len += 1;
        }
        if !self.next_page_token.is_empty() {
            len += 1;
        }
        if !self.resume_cursor.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.ListEventsResponse", len)?;
        if !self.events.is_empty() {
            struct_ser.serialize_field("events", &self.events)?;
        }
        if !self.next_page_token.is_empty() {
            struct_ser.serialize_field("nextPageToken", &self.next_page_token)?;
        }
        if !self.resume_cursor.is_empty() {
            struct_ser.serialize_field("resumeCursor", &self.resume_cursor)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ListEventsResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "events",
            "next_page_token",
            "nextPageToken",
            "resume_cursor",
            "resumeCursor",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Events,
            NextPageToken,
            ResumeCursor,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "events" => Ok(GeneratedField::Events),
                            "nextPageToken" | "next_page_token" => Ok(GeneratedField::NextPageToken),
                            "resumeCursor" | "resume_cursor" => Ok(GeneratedField::ResumeCursor),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ListEventsResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.ListEventsResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ListEventsResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut events__ = None;
                let mut next_page_token__ = None;
                let mut resume_cursor__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Events => {
                            if events__.is_some() {
                                return Err(serde::de::Error::duplicate_field("events"));
                            }
                            events__ = Some(map_.next_value()?);
                        }
                        GeneratedField::NextPageToken => {
                            if next_page_token__.is_some() {
                                return Err(serde::de::Error::duplicate_field("nextPageToken"));
                            }
                            next_page_token__ = Some(map_.next_value()?);
                        }
                        GeneratedField::ResumeCursor => {
                            if resume_cursor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("resumeCursor"));
                            }
                            resume_cursor__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(ListEventsResponse {
                    events: events__.unwrap_or_default(),
                    next_page_token: next_page_token__.unwrap_or_default(),
                    resume_cursor: resume_cursor__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.ListEventsResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ListSubscriptionsRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.page_size != 0 {
            len += 1;
        }
        if !self.page_token.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.ListSubscriptionsRequest", len)?;
        if self.page_size != 0 {
            struct_ser.serialize_field("pageSize", &self.page_size)?;
        }
        if !self.page_token.is_empty() {
            struct_ser.serialize_field("pageToken", &self.page_token)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ListSubscriptionsRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "page_size",
            "pageSize",
            "page_token",
            "pageToken",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            PageSize,
            PageToken,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "pageSize" | "page_size" => Ok(GeneratedField::PageSize),
                            "pageToken" | "page_token" => Ok(GeneratedField::PageToken),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ListSubscriptionsRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.ListSubscriptionsRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ListSubscriptionsRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut page_size__ = None;
                let mut page_token__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::PageSize => {
                            if page_size__.is_some() {
                                return Err(serde::de::Error::duplicate_field("pageSize"));
                            }
                            page_size__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::PageToken => {
                            if page_token__.is_some() {
                                return Err(serde::de::Error::duplicate_field("pageToken"));
                            }
                            page_token__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(ListSubscriptionsRequest {
                    page_size: page_size__.unwrap_or_default(),
                    page_token: page_token__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.ListSubscriptionsRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ListSubscriptionsResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.subscriptions.is_empty() {
            len += 1;
        }
        if !self.next_page_token.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.ListSubscriptionsResponse", len)?;
        if !self.subscriptions.is_empty() {
            struct_ser.serialize_field("subscriptions", &self.subscriptions)?;
        }
        if !self.next_page_token.is_empty() {
            struct_ser.serialize_field("nextPageToken", &self.next_page_token)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ListSubscriptionsResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "subscriptions",
            "next_page_token",
            "nextPageToken",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Subscriptions,
            NextPageToken,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "subscriptions" => Ok(GeneratedField::Subscriptions),
                            "nextPageToken" | "next_page_token" => Ok(GeneratedField::NextPageToken),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ListSubscriptionsResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.ListSubscriptionsResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ListSubscriptionsResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut subscriptions__ = None;
                let mut next_page_token__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Subscriptions => {
                            if subscriptions__.is_some() {
                                return Err(serde::de::Error::duplicate_field("subscriptions"));
                            }
                            subscriptions__ = Some(map_.next_value()?);
                        }
                        GeneratedField::NextPageToken => {
                            if next_page_token__.is_some() {
                                return Err(serde::de::Error::duplicate_field("nextPageToken"));
                            }
                            next_page_token__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(ListSubscriptionsResponse {
                    subscriptions: subscriptions__.unwrap_or_default(),
                    next_page_token: next_page_token__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.ListSubscriptionsResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ListTopicsRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("dateline.v1.ListTopicsRequest", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ListTopicsRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Err(serde::de::Error::unknown_field(value, FIELDS))
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ListTopicsRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.ListTopicsRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ListTopicsRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(ListTopicsRequest {
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.ListTopicsRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ListTopicsResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.topics.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.ListTopicsResponse", len)?;
        if !self.topics.is_empty() {
            struct_ser.serialize_field("topics", &self.topics)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ListTopicsResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "topics",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Topics,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "topics" => Ok(GeneratedField::Topics),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ListTopicsResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.ListTopicsResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ListTopicsResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut topics__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Topics => {
                            if topics__.is_some() {
                                return Err(serde::de::Error::duplicate_field("topics"));
                            }
                            topics__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(ListTopicsResponse {
                    topics: topics__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.ListTopicsResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Magnitude {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.killed != 0 {
            len += 1;
        }
        if self.wounded != 0 {
            len += 1;
        }
        if self.arrested != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.Magnitude", len)?;
        if self.killed != 0 {
            struct_ser.serialize_field("killed", &self.killed)?;
        }
        if self.wounded != 0 {
            struct_ser.serialize_field("wounded", &self.wounded)?;
        }
        if self.arrested != 0 {
            struct_ser.serialize_field("arrested", &self.arrested)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Magnitude {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "killed",
            "wounded",
            "arrested",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Killed,
            Wounded,
            Arrested,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "killed" => Ok(GeneratedField::Killed),
                            "wounded" => Ok(GeneratedField::Wounded),
                            "arrested" => Ok(GeneratedField::Arrested),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Magnitude;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.Magnitude")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Magnitude, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut killed__ = None;
                let mut wounded__ = None;
                let mut arrested__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Killed => {
                            if killed__.is_some() {
                                return Err(serde::de::Error::duplicate_field("killed"));
                            }
                            killed__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Wounded => {
                            if wounded__.is_some() {
                                return Err(serde::de::Error::duplicate_field("wounded"));
                            }
                            wounded__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Arrested => {
                            if arrested__.is_some() {
                                return Err(serde::de::Error::duplicate_field("arrested"));
                            }
                            arrested__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Magnitude {
                    killed: killed__.unwrap_or_default(),
                    wounded: wounded__.unwrap_or_default(),
                    arrested: arrested__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.Magnitude", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Mention {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.article_id.is_empty() {
            len += 1;
        }
        if !self.uri.is_empty() {
            len += 1;
        }
        if !self.publisher.is_empty() {
            len += 1;
        }
        if !self.title.is_empty() {
            len += 1;
        }
        if !self.sentence.is_empty() {
            len += 1;
        }
        if self.start_byte != 0 {
            len += 1;
        }
        if self.end_byte != 0 {
            len += 1;
        }
        if self.publish_time.is_some() {
            len += 1;
        }
        if !self.text_hash.is_empty() {
            len += 1;
        }
        if !self.language.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.Mention", len)?;
        if !self.article_id.is_empty() {
            struct_ser.serialize_field("articleId", &self.article_id)?;
        }
        if !self.uri.is_empty() {
            struct_ser.serialize_field("uri", &self.uri)?;
        }
        if !self.publisher.is_empty() {
            struct_ser.serialize_field("publisher", &self.publisher)?;
        }
        if !self.title.is_empty() {
            struct_ser.serialize_field("title", &self.title)?;
        }
        if !self.sentence.is_empty() {
            struct_ser.serialize_field("sentence", &self.sentence)?;
        }
        if self.start_byte != 0 {
            struct_ser.serialize_field("startByte", &self.start_byte)?;
        }
        if self.end_byte != 0 {
            struct_ser.serialize_field("endByte", &self.end_byte)?;
        }
        if let Some(v) = self.publish_time.as_ref() {
            struct_ser.serialize_field("publishTime", v)?;
        }
        if !self.text_hash.is_empty() {
            struct_ser.serialize_field("textHash", &self.text_hash)?;
        }
        if !self.language.is_empty() {
            struct_ser.serialize_field("language", &self.language)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Mention {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "article_id",
            "articleId",
            "uri",
            "publisher",
            "title",
            "sentence",
            "start_byte",
            "startByte",
            "end_byte",
            "endByte",
            "publish_time",
            "publishTime",
            "text_hash",
            "textHash",
            "language",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            ArticleId,
            Uri,
            Publisher,
            Title,
            Sentence,
            StartByte,
            EndByte,
            PublishTime,
            TextHash,
            Language,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "articleId" | "article_id" => Ok(GeneratedField::ArticleId),
                            "uri" => Ok(GeneratedField::Uri),
                            "publisher" => Ok(GeneratedField::Publisher),
                            "title" => Ok(GeneratedField::Title),
                            "sentence" => Ok(GeneratedField::Sentence),
                            "startByte" | "start_byte" => Ok(GeneratedField::StartByte),
                            "endByte" | "end_byte" => Ok(GeneratedField::EndByte),
                            "publishTime" | "publish_time" => Ok(GeneratedField::PublishTime),
                            "textHash" | "text_hash" => Ok(GeneratedField::TextHash),
                            "language" => Ok(GeneratedField::Language),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Mention;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.Mention")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Mention, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut article_id__ = None;
                let mut uri__ = None;
                let mut publisher__ = None;
                let mut title__ = None;
                let mut sentence__ = None;
                let mut start_byte__ = None;
                let mut end_byte__ = None;
                let mut publish_time__ = None;
                let mut text_hash__ = None;
                let mut language__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::ArticleId => {
                            if article_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("articleId"));
                            }
                            article_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Uri => {
                            if uri__.is_some() {
                                return Err(serde::de::Error::duplicate_field("uri"));
                            }
                            uri__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Publisher => {
                            if publisher__.is_some() {
                                return Err(serde::de::Error::duplicate_field("publisher"));
                            }
                            publisher__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Title => {
                            if title__.is_some() {
                                return Err(serde::de::Error::duplicate_field("title"));
                            }
                            title__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Sentence => {
                            if sentence__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sentence"));
                            }
                            sentence__ = Some(map_.next_value()?);
                        }
                        GeneratedField::StartByte => {
                            if start_byte__.is_some() {
                                return Err(serde::de::Error::duplicate_field("startByte"));
                            }
                            start_byte__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::EndByte => {
                            if end_byte__.is_some() {
                                return Err(serde::de::Error::duplicate_field("endByte"));
                            }
                            end_byte__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::PublishTime => {
                            if publish_time__.is_some() {
                                return Err(serde::de::Error::duplicate_field("publishTime"));
                            }
                            publish_time__ = map_.next_value()?;
                        }
                        GeneratedField::TextHash => {
                            if text_hash__.is_some() {
                                return Err(serde::de::Error::duplicate_field("textHash"));
                            }
                            text_hash__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Language => {
                            if language__.is_some() {
                                return Err(serde::de::Error::duplicate_field("language"));
                            }
                            language__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Mention {
                    article_id: article_id__.unwrap_or_default(),
                    uri: uri__.unwrap_or_default(),
                    publisher: publisher__.unwrap_or_default(),
                    title: title__.unwrap_or_default(),
                    sentence: sentence__.unwrap_or_default(),
                    start_byte: start_byte__.unwrap_or_default(),
                    end_byte: end_byte__.unwrap_or_default(),
                    publish_time: publish_time__,
                    text_hash: text_hash__.unwrap_or_default(),
                    language: language__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.Mention", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Place {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.name.is_empty() {
            len += 1;
        }
        if !self.country.is_empty() {
            len += 1;
        }
        if self.latitude != 0. {
            len += 1;
        }
        if self.longitude != 0. {
            len += 1;
        }
        if self.geonames_id != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.Place", len)?;
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        if !self.country.is_empty() {
            struct_ser.serialize_field("country", &self.country)?;
        }
        if self.latitude != 0. {
            struct_ser.serialize_field("latitude", &self.latitude)?;
        }
        if self.longitude != 0. {
            struct_ser.serialize_field("longitude", &self.longitude)?;
        }
        if self.geonames_id != 0 {
            struct_ser.serialize_field("geonamesId", &self.geonames_id)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Place {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "name",
            "country",
            "latitude",
            "longitude",
            "geonames_id",
            "geonamesId",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Name,
            Country,
            Latitude,
            Longitude,
            GeonamesId,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "name" => Ok(GeneratedField::Name),
                            "country" => Ok(GeneratedField::Country),
                            "latitude" => Ok(GeneratedField::Latitude),
                            "longitude" => Ok(GeneratedField::Longitude),
                            "geonamesId" | "geonames_id" => Ok(GeneratedField::GeonamesId),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Place;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.Place")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Place, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut name__ = None;
                let mut country__ = None;
                let mut latitude__ = None;
                let mut longitude__ = None;
                let mut geonames_id__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Country => {
                            if country__.is_some() {
                                return Err(serde::de::Error::duplicate_field("country"));
                            }
                            country__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Latitude => {
                            if latitude__.is_some() {
                                return Err(serde::de::Error::duplicate_field("latitude"));
                            }
                            latitude__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Longitude => {
                            if longitude__.is_some() {
                                return Err(serde::de::Error::duplicate_field("longitude"));
                            }
                            longitude__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::GeonamesId => {
                            if geonames_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("geonamesId"));
                            }
                            geonames_id__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Place {
                    name: name__.unwrap_or_default(),
                    country: country__.unwrap_or_default(),
                    latitude: latitude__.unwrap_or_default(),
                    longitude: longitude__.unwrap_or_default(),
                    geonames_id: geonames_id__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.Place", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for PublishEventsRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.events.is_empty() {
            len += 1;
        }
        if self.validate_only {
            len += 1;
        }
        if self.merge {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.PublishEventsRequest", len)?;
        if !self.events.is_empty() {
            struct_ser.serialize_field("events", &self.events)?;
        }
        if self.validate_only {
            struct_ser.serialize_field("validateOnly", &self.validate_only)?;
        }
        if self.merge {
            struct_ser.serialize_field("merge", &self.merge)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for PublishEventsRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "events",
            "validate_only",
            "validateOnly",
            "merge",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Events,
            ValidateOnly,
            Merge,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "events" => Ok(GeneratedField::Events),
                            "validateOnly" | "validate_only" => Ok(GeneratedField::ValidateOnly),
                            "merge" => Ok(GeneratedField::Merge),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = PublishEventsRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.PublishEventsRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<PublishEventsRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut events__ = None;
                let mut validate_only__ = None;
                let mut merge__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Events => {
                            if events__.is_some() {
                                return Err(serde::de::Error::duplicate_field("events"));
                            }
                            events__ = Some(map_.next_value()?);
                        }
                        GeneratedField::ValidateOnly => {
                            if validate_only__.is_some() {
                                return Err(serde::de::Error::duplicate_field("validateOnly"));
                            }
                            validate_only__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Merge => {
                            if merge__.is_some() {
                                return Err(serde::de::Error::duplicate_field("merge"));
                            }
                            merge__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(PublishEventsRequest {
                    events: events__.unwrap_or_default(),
                    validate_only: validate_only__.unwrap_or_default(),
                    merge: merge__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.PublishEventsRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for PublishEventsResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.results.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.PublishEventsResponse", len)?;
        if !self.results.is_empty() {
            struct_ser.serialize_field("results", &self.results)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for PublishEventsResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "results",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Results,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "results" => Ok(GeneratedField::Results),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = PublishEventsResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.PublishEventsResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<PublishEventsResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut results__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Results => {
                            if results__.is_some() {
                                return Err(serde::de::Error::duplicate_field("results"));
                            }
                            results__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(PublishEventsResponse {
                    results: results__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.PublishEventsResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for PublishOutcome {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "PUBLISH_OUTCOME_UNSPECIFIED",
            Self::Created => "PUBLISH_OUTCOME_CREATED",
            Self::Revised => "PUBLISH_OUTCOME_REVISED",
            Self::Duplicate => "PUBLISH_OUTCOME_DUPLICATE",
            Self::Rejected => "PUBLISH_OUTCOME_REJECTED",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for PublishOutcome {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "PUBLISH_OUTCOME_UNSPECIFIED",
            "PUBLISH_OUTCOME_CREATED",
            "PUBLISH_OUTCOME_REVISED",
            "PUBLISH_OUTCOME_DUPLICATE",
            "PUBLISH_OUTCOME_REJECTED",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = PublishOutcome;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "PUBLISH_OUTCOME_UNSPECIFIED" => Ok(PublishOutcome::Unspecified),
                    "PUBLISH_OUTCOME_CREATED" => Ok(PublishOutcome::Created),
                    "PUBLISH_OUTCOME_REVISED" => Ok(PublishOutcome::Revised),
                    "PUBLISH_OUTCOME_DUPLICATE" => Ok(PublishOutcome::Duplicate),
                    "PUBLISH_OUTCOME_REJECTED" => Ok(PublishOutcome::Rejected),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for PublishResult {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.outcome != 0 {
            len += 1;
        }
        if !self.event_id.is_empty() {
            len += 1;
        }
        if self.revision != 0 {
            len += 1;
        }
        if !self.cursor.is_empty() {
            len += 1;
        }
        if !self.error_reason.is_empty() {
            len += 1;
        }
        if !self.error_message.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.PublishResult", len)?;
        if self.outcome != 0 {
            let v = PublishOutcome::try_from(self.outcome)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.outcome)))?;
            struct_ser.serialize_field("outcome", &v)?;
        }
        if !self.event_id.is_empty() {
            struct_ser.serialize_field("eventId", &self.event_id)?;
        }
        if self.revision != 0 {
            struct_ser.serialize_field("revision", &self.revision)?;
        }
        if !self.cursor.is_empty() {
            struct_ser.serialize_field("cursor", &self.cursor)?;
        }
        if !self.error_reason.is_empty() {
            struct_ser.serialize_field("errorReason", &self.error_reason)?;
        }
        if !self.error_message.is_empty() {
            struct_ser.serialize_field("errorMessage", &self.error_message)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for PublishResult {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "outcome",
            "event_id",
            "eventId",
            "revision",
            "cursor",
            "error_reason",
            "errorReason",
            "error_message",
            "errorMessage",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Outcome,
            EventId,
            Revision,
            Cursor,
            ErrorReason,
            ErrorMessage,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "outcome" => Ok(GeneratedField::Outcome),
                            "eventId" | "event_id" => Ok(GeneratedField::EventId),
                            "revision" => Ok(GeneratedField::Revision),
                            "cursor" => Ok(GeneratedField::Cursor),
                            "errorReason" | "error_reason" => Ok(GeneratedField::ErrorReason),
                            "errorMessage" | "error_message" => Ok(GeneratedField::ErrorMessage),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = PublishResult;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.PublishResult")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<PublishResult, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut outcome__ = None;
                let mut event_id__ = None;
                let mut revision__ = None;
                let mut cursor__ = None;
                let mut error_reason__ = None;
                let mut error_message__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Outcome => {
                            if outcome__.is_some() {
                                return Err(serde::de::Error::duplicate_field("outcome"));
                            }
                            outcome__ = Some(map_.next_value::<PublishOutcome>()? as i32);
                        }
                        GeneratedField::EventId => {
                            if event_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("eventId"));
                            }
                            event_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Revision => {
                            if revision__.is_some() {
                                return Err(serde::de::Error::duplicate_field("revision"));
                            }
                            revision__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Cursor => {
                            if cursor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cursor"));
                            }
                            cursor__ = Some(map_.next_value()?);
                        }
                        GeneratedField::ErrorReason => {
                            if error_reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("errorReason"));
                            }
                            error_reason__ = Some(map_.next_value()?);
                        }
                        GeneratedField::ErrorMessage => {
                            if error_message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("errorMessage"));
                            }
                            error_message__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(PublishResult {
                    outcome: outcome__.unwrap_or_default(),
                    event_id: event_id__.unwrap_or_default(),
                    revision: revision__.unwrap_or_default(),
                    cursor: cursor__.unwrap_or_default(),
                    error_reason: error_reason__.unwrap_or_default(),
                    error_message: error_message__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.PublishResult", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RestoreEventRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.event_id.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.RestoreEventRequest", len)?;
        if !self.event_id.is_empty() {
            struct_ser.serialize_field("eventId", &self.event_id)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RestoreEventRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "event_id",
            "eventId",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            EventId,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "eventId" | "event_id" => Ok(GeneratedField::EventId),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RestoreEventRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.RestoreEventRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RestoreEventRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut event_id__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::EventId => {
                            if event_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("eventId"));
                            }
                            event_id__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(RestoreEventRequest {
                    event_id: event_id__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.RestoreEventRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RestoreEventResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.event.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.RestoreEventResponse", len)?;
        if let Some(v) = self.event.as_ref() {
            struct_ser.serialize_field("event", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RestoreEventResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "event",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Event,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "event" => Ok(GeneratedField::Event),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RestoreEventResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.RestoreEventResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RestoreEventResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut event__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Event => {
                            if event__.is_some() {
                                return Err(serde::de::Error::duplicate_field("event"));
                            }
                            event__ = map_.next_value()?;
                        }
                    }
                }
                Ok(RestoreEventResponse {
                    event: event__,
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.RestoreEventResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RetractEventRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.event_id.is_empty() {
            len += 1;
        }
        if !self.reason.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.RetractEventRequest", len)?;
        if !self.event_id.is_empty() {
            struct_ser.serialize_field("eventId", &self.event_id)?;
        }
        if !self.reason.is_empty() {
            struct_ser.serialize_field("reason", &self.reason)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RetractEventRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "event_id",
            "eventId",
            "reason",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            EventId,
            Reason,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "eventId" | "event_id" => Ok(GeneratedField::EventId),
                            "reason" => Ok(GeneratedField::Reason),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RetractEventRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.RetractEventRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RetractEventRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut event_id__ = None;
                let mut reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::EventId => {
                            if event_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("eventId"));
                            }
                            event_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(RetractEventRequest {
                    event_id: event_id__.unwrap_or_default(),
                    reason: reason__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.RetractEventRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RetractEventResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.event.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.RetractEventResponse", len)?;
        if let Some(v) = self.event.as_ref() {
            struct_ser.serialize_field("event", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RetractEventResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "event",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Event,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "event" => Ok(GeneratedField::Event),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RetractEventResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.RetractEventResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RetractEventResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut event__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Event => {
                            if event__.is_some() {
                                return Err(serde::de::Error::duplicate_field("event"));
                            }
                            event__ = map_.next_value()?;
                        }
                    }
                }
                Ok(RetractEventResponse {
                    event: event__,
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.RetractEventResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for SentenceTrace {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.sentence.is_empty() {
            len += 1;
        }
        if self.start_byte != 0 {
            len += 1;
        }
        if self.end_byte != 0 {
            len += 1;
        }
        if !self.steps.is_empty() {
            len += 1;
        }
        if !self.abstention.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.SentenceTrace", len)?;
        if !self.sentence.is_empty() {
            struct_ser.serialize_field("sentence", &self.sentence)?;
        }
        if self.start_byte != 0 {
            struct_ser.serialize_field("startByte", &self.start_byte)?;
        }
        if self.end_byte != 0 {
            struct_ser.serialize_field("endByte", &self.end_byte)?;
        }
        if !self.steps.is_empty() {
            struct_ser.serialize_field("steps", &self.steps)?;
        }
        if !self.abstention.is_empty() {
            struct_ser.serialize_field("abstention", &self.abstention)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for SentenceTrace {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "sentence",
            "start_byte",
            "startByte",
            "end_byte",
            "endByte",
            "steps",
            "abstention",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Sentence,
            StartByte,
            EndByte,
            Steps,
            Abstention,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "sentence" => Ok(GeneratedField::Sentence),
                            "startByte" | "start_byte" => Ok(GeneratedField::StartByte),
                            "endByte" | "end_byte" => Ok(GeneratedField::EndByte),
                            "steps" => Ok(GeneratedField::Steps),
                            "abstention" => Ok(GeneratedField::Abstention),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = SentenceTrace;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.SentenceTrace")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<SentenceTrace, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut sentence__ = None;
                let mut start_byte__ = None;
                let mut end_byte__ = None;
                let mut steps__ = None;
                let mut abstention__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Sentence => {
                            if sentence__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sentence"));
                            }
                            sentence__ = Some(map_.next_value()?);
                        }
                        GeneratedField::StartByte => {
                            if start_byte__.is_some() {
                                return Err(serde::de::Error::duplicate_field("startByte"));
                            }
                            start_byte__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::EndByte => {
                            if end_byte__.is_some() {
                                return Err(serde::de::Error::duplicate_field("endByte"));
                            }
                            end_byte__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Steps => {
                            if steps__.is_some() {
                                return Err(serde::de::Error::duplicate_field("steps"));
                            }
                            steps__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Abstention => {
                            if abstention__.is_some() {
                                return Err(serde::de::Error::duplicate_field("abstention"));
                            }
                            abstention__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(SentenceTrace {
                    sentence: sentence__.unwrap_or_default(),
                    start_byte: start_byte__.unwrap_or_default(),
                    end_byte: end_byte__.unwrap_or_default(),
                    steps: steps__.unwrap_or_default(),
                    abstention: abstention__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.SentenceTrace", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for SkipReason {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "SKIP_REASON_UNSPECIFIED",
            Self::CursorExpired => "SKIP_REASON_CURSOR_EXPIRED",
            Self::LagPolicy => "SKIP_REASON_LAG_POLICY",
            Self::Damaged => "SKIP_REASON_DAMAGED",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for SkipReason {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "SKIP_REASON_UNSPECIFIED",
            "SKIP_REASON_CURSOR_EXPIRED",
            "SKIP_REASON_LAG_POLICY",
            "SKIP_REASON_DAMAGED",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = SkipReason;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "SKIP_REASON_UNSPECIFIED" => Ok(SkipReason::Unspecified),
                    "SKIP_REASON_CURSOR_EXPIRED" => Ok(SkipReason::CursorExpired),
                    "SKIP_REASON_LAG_POLICY" => Ok(SkipReason::LagPolicy),
                    "SKIP_REASON_DAMAGED" => Ok(SkipReason::Damaged),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for StartPosition {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "START_POSITION_UNSPECIFIED",
            Self::Latest => "START_POSITION_LATEST",
            Self::Earliest => "START_POSITION_EARLIEST",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for StartPosition {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "START_POSITION_UNSPECIFIED",
            "START_POSITION_LATEST",
            "START_POSITION_EARLIEST",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = StartPosition;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "START_POSITION_UNSPECIFIED" => Ok(StartPosition::Unspecified),
                    "START_POSITION_LATEST" => Ok(StartPosition::Latest),
                    "START_POSITION_EARLIEST" => Ok(StartPosition::Earliest),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for StreamEnding {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.cursor.is_empty() {
            len += 1;
        }
        if self.reason != 0 {
            len += 1;
        }
        if self.reconnect_delay.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.StreamEnding", len)?;
        if !self.cursor.is_empty() {
            struct_ser.serialize_field("cursor", &self.cursor)?;
        }
        if self.reason != 0 {
            let v = EndReason::try_from(self.reason)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.reason)))?;
            struct_ser.serialize_field("reason", &v)?;
        }
        if let Some(v) = self.reconnect_delay.as_ref() {
            struct_ser.serialize_field("reconnectDelay", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for StreamEnding {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "cursor",
            "reason",
            "reconnect_delay",
            "reconnectDelay",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Cursor,
            Reason,
            ReconnectDelay,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "cursor" => Ok(GeneratedField::Cursor),
                            "reason" => Ok(GeneratedField::Reason),
                            "reconnectDelay" | "reconnect_delay" => Ok(GeneratedField::ReconnectDelay),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = StreamEnding;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.StreamEnding")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<StreamEnding, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut cursor__ = None;
                let mut reason__ = None;
                let mut reconnect_delay__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Cursor => {
                            if cursor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cursor"));
                            }
                            cursor__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = Some(map_.next_value::<EndReason>()? as i32);
                        }
                        GeneratedField::ReconnectDelay => {
                            if reconnect_delay__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reconnectDelay"));
                            }
                            reconnect_delay__ = map_.next_value()?;
                        }
                    }
                }
                Ok(StreamEnding {
                    cursor: cursor__.unwrap_or_default(),
                    reason: reason__.unwrap_or_default(),
                    reconnect_delay: reconnect_delay__,
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.StreamEnding", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for SubscribeRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.filter.is_some() {
            len += 1;
        }
        if self.heartbeat_interval.is_some() {
            len += 1;
        }
        if self.max_batch_size != 0 {
            len += 1;
        }
        if self.stop_when_caught_up {
            len += 1;
        }
        if self.limit != 0 {
            len += 1;
        }
        if self.end_time.is_some() {
            len += 1;
        }
        if self.expired_cursor_policy != 0 {
            len += 1;
        }
        if self.lag_policy != 0 {
            len += 1;
        }
        if self.replay_speed != 0. {
            len += 1;
        }
        if !self.client_label.is_empty() {
            len += 1;
        }
        if self.start.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.SubscribeRequest", len)?;
        if let Some(v) = self.filter.as_ref() {
            struct_ser.serialize_field("filter", v)?;
        }
        if let Some(v) = self.heartbeat_interval.as_ref() {
            struct_ser.serialize_field("heartbeatInterval", v)?;
        }
        if self.max_batch_size != 0 {
            struct_ser.serialize_field("maxBatchSize", &self.max_batch_size)?;
        }
        if self.stop_when_caught_up {
            struct_ser.serialize_field("stopWhenCaughtUp", &self.stop_when_caught_up)?;
        }
        if self.limit != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("limit", ToString::to_string(&self.limit).as_str())?;
        }
        if let Some(v) = self.end_time.as_ref() {
            struct_ser.serialize_field("endTime", v)?;
        }
        if self.expired_cursor_policy != 0 {
            let v = ExpiredCursorPolicy::try_from(self.expired_cursor_policy)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.expired_cursor_policy)))?;
            struct_ser.serialize_field("expiredCursorPolicy", &v)?;
        }
        if self.lag_policy != 0 {
            let v = LagPolicy::try_from(self.lag_policy)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.lag_policy)))?;
            struct_ser.serialize_field("lagPolicy", &v)?;
        }
        if self.replay_speed != 0. {
            struct_ser.serialize_field("replaySpeed", &self.replay_speed)?;
        }
        if !self.client_label.is_empty() {
            struct_ser.serialize_field("clientLabel", &self.client_label)?;
        }
        if let Some(v) = self.start.as_ref() {
            match v {
                subscribe_request::Start::AfterCursor(v) => {
                    struct_ser.serialize_field("afterCursor", v)?;
                }
                subscribe_request::Start::StartTime(v) => {
                    struct_ser.serialize_field("startTime", v)?;
                }
                subscribe_request::Start::StartPosition(v) => {
                    let v = StartPosition::try_from(*v)
                        .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", *v)))?;
                    struct_ser.serialize_field("startPosition", &v)?;
                }
                subscribe_request::Start::BacklogCount(v) => {
                    struct_ser.serialize_field("backlogCount", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for SubscribeRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "filter",
            "heartbeat_interval",
            "heartbeatInterval",
            "max_batch_size",
            "maxBatchSize",
            "stop_when_caught_up",
            "stopWhenCaughtUp",
            "limit",
            "end_time",
            "endTime",
            "expired_cursor_policy",
            "expiredCursorPolicy",
            "lag_policy",
            "lagPolicy",
            "replay_speed",
            "replaySpeed",
            "client_label",
            "clientLabel",
            "after_cursor",
            "afterCursor",
            "start_time",
            "startTime",
            "start_position",
            "startPosition",
            "backlog_count",
            "backlogCount",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Filter,
            HeartbeatInterval,
            MaxBatchSize,
            StopWhenCaughtUp,
            Limit,
            EndTime,
            ExpiredCursorPolicy,
            LagPolicy,
            ReplaySpeed,
            ClientLabel,
            AfterCursor,
            StartTime,
            StartPosition,
            BacklogCount,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "filter" => Ok(GeneratedField::Filter),
                            "heartbeatInterval" | "heartbeat_interval" => Ok(GeneratedField::HeartbeatInterval),
                            "maxBatchSize" | "max_batch_size" => Ok(GeneratedField::MaxBatchSize),
                            "stopWhenCaughtUp" | "stop_when_caught_up" => Ok(GeneratedField::StopWhenCaughtUp),
                            "limit" => Ok(GeneratedField::Limit),
                            "endTime" | "end_time" => Ok(GeneratedField::EndTime),
                            "expiredCursorPolicy" | "expired_cursor_policy" => Ok(GeneratedField::ExpiredCursorPolicy),
                            "lagPolicy" | "lag_policy" => Ok(GeneratedField::LagPolicy),
                            "replaySpeed" | "replay_speed" => Ok(GeneratedField::ReplaySpeed),
                            "clientLabel" | "client_label" => Ok(GeneratedField::ClientLabel),
                            "afterCursor" | "after_cursor" => Ok(GeneratedField::AfterCursor),
                            "startTime" | "start_time" => Ok(GeneratedField::StartTime),
                            "startPosition" | "start_position" => Ok(GeneratedField::StartPosition),
                            "backlogCount" | "backlog_count" => Ok(GeneratedField::BacklogCount),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = SubscribeRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.SubscribeRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<SubscribeRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut filter__ = None;
                let mut heartbeat_interval__ = None;
                let mut max_batch_size__ = None;
                let mut stop_when_caught_up__ = None;
                let mut limit__ = None;
                let mut end_time__ = None;
                let mut expired_cursor_policy__ = None;
                let mut lag_policy__ = None;
                let mut replay_speed__ = None;
                let mut client_label__ = None;
                let mut start__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Filter => {
                            if filter__.is_some() {
                                return Err(serde::de::Error::duplicate_field("filter"));
                            }
                            filter__ = map_.next_value()?;
                        }
                        GeneratedField::HeartbeatInterval => {
                            if heartbeat_interval__.is_some() {
                                return Err(serde::de::Error::duplicate_field("heartbeatInterval"));
                            }
                            heartbeat_interval__ = map_.next_value()?;
                        }
                        GeneratedField::MaxBatchSize => {
                            if max_batch_size__.is_some() {
                                return Err(serde::de::Error::duplicate_field("maxBatchSize"));
                            }
                            max_batch_size__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::StopWhenCaughtUp => {
                            if stop_when_caught_up__.is_some() {
                                return Err(serde::de::Error::duplicate_field("stopWhenCaughtUp"));
                            }
                            stop_when_caught_up__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Limit => {
                            if limit__.is_some() {
                                return Err(serde::de::Error::duplicate_field("limit"));
                            }
                            limit__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::EndTime => {
                            if end_time__.is_some() {
                                return Err(serde::de::Error::duplicate_field("endTime"));
                            }
                            end_time__ = map_.next_value()?;
                        }
                        GeneratedField::ExpiredCursorPolicy => {
                            if expired_cursor_policy__.is_some() {
                                return Err(serde::de::Error::duplicate_field("expiredCursorPolicy"));
                            }
                            expired_cursor_policy__ = Some(map_.next_value::<ExpiredCursorPolicy>()? as i32);
                        }
                        GeneratedField::LagPolicy => {
                            if lag_policy__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lagPolicy"));
                            }
                            lag_policy__ = Some(map_.next_value::<LagPolicy>()? as i32);
                        }
                        GeneratedField::ReplaySpeed => {
                            if replay_speed__.is_some() {
                                return Err(serde::de::Error::duplicate_field("replaySpeed"));
                            }
                            replay_speed__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::ClientLabel => {
                            if client_label__.is_some() {
                                return Err(serde::de::Error::duplicate_field("clientLabel"));
                            }
                            client_label__ = Some(map_.next_value()?);
                        }
                        GeneratedField::AfterCursor => {
                            if start__.is_some() {
                                return Err(serde::de::Error::duplicate_field("afterCursor"));
                            }
                            start__ = map_.next_value::<::std::option::Option<_>>()?.map(subscribe_request::Start::AfterCursor);
                        }
                        GeneratedField::StartTime => {
                            if start__.is_some() {
                                return Err(serde::de::Error::duplicate_field("startTime"));
                            }
                            start__ = map_.next_value::<::std::option::Option<_>>()?.map(subscribe_request::Start::StartTime)
;
                        }
                        GeneratedField::StartPosition => {
                            if start__.is_some() {
                                return Err(serde::de::Error::duplicate_field("startPosition"));
                            }
                            start__ = map_.next_value::<::std::option::Option<StartPosition>>()?.map(|x| subscribe_request::Start::StartPosition(x as i32));
                        }
                        GeneratedField::BacklogCount => {
                            if start__.is_some() {
                                return Err(serde::de::Error::duplicate_field("backlogCount"));
                            }
                            start__ = map_.next_value::<::std::option::Option<::pbjson::private::NumberDeserialize<_>>>()?.map(|x| subscribe_request::Start::BacklogCount(x.0));
                        }
                    }
                }
                Ok(SubscribeRequest {
                    filter: filter__,
                    heartbeat_interval: heartbeat_interval__,
                    max_batch_size: max_batch_size__.unwrap_or_default(),
                    stop_when_caught_up: stop_when_caught_up__.unwrap_or_default(),
                    limit: limit__.unwrap_or_default(),
                    end_time: end_time__,
                    expired_cursor_policy: expired_cursor_policy__.unwrap_or_default(),
                    lag_policy: lag_policy__.unwrap_or_default(),
                    replay_speed: replay_speed__.unwrap_or_default(),
                    client_label: client_label__.unwrap_or_default(),
                    start: start__,
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.SubscribeRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for SubscribeResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.message.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.SubscribeResponse", len)?;
        if let Some(v) = self.message.as_ref() {
            match v {
                subscribe_response::Message::Started(v) => {
                    struct_ser.serialize_field("started", v)?;
                }
                subscribe_response::Message::Batch(v) => {
                    struct_ser.serialize_field("batch", v)?;
                }
                subscribe_response::Message::Checkpoint(v) => {
                    struct_ser.serialize_field("checkpoint", v)?;
                }
                subscribe_response::Message::CaughtUp(v) => {
                    struct_ser.serialize_field("caughtUp", v)?;
                }
                subscribe_response::Message::FellBehind(v) => {
                    struct_ser.serialize_field("fellBehind", v)?;
                }
                subscribe_response::Message::EventsSkipped(v) => {
                    struct_ser.serialize_field("eventsSkipped", v)?;
                }
                subscribe_response::Message::FilterChanged(v) => {
                    struct_ser.serialize_field("filterChanged", v)?;
                }
                subscribe_response::Message::StreamEnding(v) => {
                    struct_ser.serialize_field("streamEnding", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for SubscribeResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "started",
            "batch",
            "checkpoint",
            "caught_up",
            "caughtUp",
            "fell_behind",
            "fellBehind",
            "events_skipped",
            "eventsSkipped",
            "filter_changed",
            "filterChanged",
            "stream_ending",
            "streamEnding",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Started,
            Batch,
            Checkpoint,
            CaughtUp,
            FellBehind,
            EventsSkipped,
            FilterChanged,
            StreamEnding,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "started" => Ok(GeneratedField::Started),
                            "batch" => Ok(GeneratedField::Batch),
                            "checkpoint" => Ok(GeneratedField::Checkpoint),
                            "caughtUp" | "caught_up" => Ok(GeneratedField::CaughtUp),
                            "fellBehind" | "fell_behind" => Ok(GeneratedField::FellBehind),
                            "eventsSkipped" | "events_skipped" => Ok(GeneratedField::EventsSkipped),
                            "filterChanged" | "filter_changed" => Ok(GeneratedField::FilterChanged),
                            "streamEnding" | "stream_ending" => Ok(GeneratedField::StreamEnding),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = SubscribeResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.SubscribeResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<SubscribeResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut message__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Started => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("started"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(subscribe_response::Message::Started)
;
                        }
                        GeneratedField::Batch => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("batch"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(subscribe_response::Message::Batch)
;
                        }
                        GeneratedField::Checkpoint => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("checkpoint"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(subscribe_response::Message::Checkpoint)
;
                        }
                        GeneratedField::CaughtUp => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("caughtUp"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(subscribe_response::Message::CaughtUp)
;
                        }
                        GeneratedField::FellBehind => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("fellBehind"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(subscribe_response::Message::FellBehind)
;
                        }
                        GeneratedField::EventsSkipped => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("eventsSkipped"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(subscribe_response::Message::EventsSkipped)
;
                        }
                        GeneratedField::FilterChanged => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("filterChanged"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(subscribe_response::Message::FilterChanged)
;
                        }
                        GeneratedField::StreamEnding => {
                            if message__.is_some() {
                                return Err(serde::de::Error::duplicate_field("streamEnding"));
                            }
                            message__ = map_.next_value::<::std::option::Option<_>>()?.map(subscribe_response::Message::StreamEnding)
;
                        }
                    }
                }
                Ok(SubscribeResponse {
                    message: message__,
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.SubscribeResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Subscription {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.subscription_id.is_empty() {
            len += 1;
        }
        if !self.client_label.is_empty() {
            len += 1;
        }
        if !self.principal.is_empty() {
            len += 1;
        }
        if !self.canonical_filter.is_empty() {
            len += 1;
        }
        if !self.cursor.is_empty() {
            len += 1;
        }
        if self.lag_events != 0 {
            len += 1;
        }
        if self.lag.is_some() {
            len += 1;
        }
        if self.caught_up {
            len += 1;
        }
        if self.delivered_events != 0 {
            len += 1;
        }
        if self.start_time.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.Subscription", len)?;
        if !self.subscription_id.is_empty() {
            struct_ser.serialize_field("subscriptionId", &self.subscription_id)?;
        }
        if !self.client_label.is_empty() {
            struct_ser.serialize_field("clientLabel", &self.client_label)?;
        }
        if !self.principal.is_empty() {
            struct_ser.serialize_field("principal", &self.principal)?;
        }
        if !self.canonical_filter.is_empty() {
            struct_ser.serialize_field("canonicalFilter", &self.canonical_filter)?;
        }
        if !self.cursor.is_empty() {
            struct_ser.serialize_field("cursor", &self.cursor)?;
        }
        if self.lag_events != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("lagEvents", ToString::to_string(&self.lag_events).as_str())?;
        }
        if let Some(v) = self.lag.as_ref() {
            struct_ser.serialize_field("lag", v)?;
        }
        if self.caught_up {
            struct_ser.serialize_field("caughtUp", &self.caught_up)?;
        }
        if self.delivered_events != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("deliveredEvents", ToString::to_string(&self.delivered_events).as_str())?;
        }
        if let Some(v) = self.start_time.as_ref() {
            struct_ser.serialize_field("startTime", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Subscription {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "subscription_id",
            "subscriptionId",
            "client_label",
            "clientLabel",
            "principal",
            "canonical_filter",
            "canonicalFilter",
            "cursor",
            "lag_events",
            "lagEvents",
            "lag",
            "caught_up",
            "caughtUp",
            "delivered_events",
            "deliveredEvents",
            "start_time",
            "startTime",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            SubscriptionId,
            ClientLabel,
            Principal,
            CanonicalFilter,
            Cursor,
            LagEvents,
            Lag,
            CaughtUp,
            DeliveredEvents,
            StartTime,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "subscriptionId" | "subscription_id" => Ok(GeneratedField::SubscriptionId),
                            "clientLabel" | "client_label" => Ok(GeneratedField::ClientLabel),
                            "principal" => Ok(GeneratedField::Principal),
                            "canonicalFilter" | "canonical_filter" => Ok(GeneratedField::CanonicalFilter),
                            "cursor" => Ok(GeneratedField::Cursor),
                            "lagEvents" | "lag_events" => Ok(GeneratedField::LagEvents),
                            "lag" => Ok(GeneratedField::Lag),
                            "caughtUp" | "caught_up" => Ok(GeneratedField::CaughtUp),
                            "deliveredEvents" | "delivered_events" => Ok(GeneratedField::DeliveredEvents),
                            "startTime" | "start_time" => Ok(GeneratedField::StartTime),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Subscription;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.Subscription")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Subscription, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut subscription_id__ = None;
                let mut client_label__ = None;
                let mut principal__ = None;
                let mut canonical_filter__ = None;
                let mut cursor__ = None;
                let mut lag_events__ = None;
                let mut lag__ = None;
                let mut caught_up__ = None;
                let mut delivered_events__ = None;
                let mut start_time__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::SubscriptionId => {
                            if subscription_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("subscriptionId"));
                            }
                            subscription_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::ClientLabel => {
                            if client_label__.is_some() {
                                return Err(serde::de::Error::duplicate_field("clientLabel"));
                            }
                            client_label__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Principal => {
                            if principal__.is_some() {
                                return Err(serde::de::Error::duplicate_field("principal"));
                            }
                            principal__ = Some(map_.next_value()?);
                        }
                        GeneratedField::CanonicalFilter => {
                            if canonical_filter__.is_some() {
                                return Err(serde::de::Error::duplicate_field("canonicalFilter"));
                            }
                            canonical_filter__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Cursor => {
                            if cursor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cursor"));
                            }
                            cursor__ = Some(map_.next_value()?);
                        }
                        GeneratedField::LagEvents => {
                            if lag_events__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lagEvents"));
                            }
                            lag_events__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Lag => {
                            if lag__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lag"));
                            }
                            lag__ = map_.next_value()?;
                        }
                        GeneratedField::CaughtUp => {
                            if caught_up__.is_some() {
                                return Err(serde::de::Error::duplicate_field("caughtUp"));
                            }
                            caught_up__ = Some(map_.next_value()?);
                        }
                        GeneratedField::DeliveredEvents => {
                            if delivered_events__.is_some() {
                                return Err(serde::de::Error::duplicate_field("deliveredEvents"));
                            }
                            delivered_events__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::StartTime => {
                            if start_time__.is_some() {
                                return Err(serde::de::Error::duplicate_field("startTime"));
                            }
                            start_time__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Subscription {
                    subscription_id: subscription_id__.unwrap_or_default(),
                    client_label: client_label__.unwrap_or_default(),
                    principal: principal__.unwrap_or_default(),
                    canonical_filter: canonical_filter__.unwrap_or_default(),
                    cursor: cursor__.unwrap_or_default(),
                    lag_events: lag_events__.unwrap_or_default(),
                    lag: lag__,
                    caught_up: caught_up__.unwrap_or_default(),
                    delivered_events: delivered_events__.unwrap_or_default(),
                    start_time: start_time__,
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.Subscription", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for SubscriptionStarted {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.subscription_id.is_empty() {
            len += 1;
        }
        if !self.start_cursor.is_empty() {
            len += 1;
        }
        if !self.head_cursor.is_empty() {
            len += 1;
        }
        if !self.oldest_cursor.is_empty() {
            len += 1;
        }
        if !self.canonical_filter.is_empty() {
            len += 1;
        }
        if self.heartbeat_interval.is_some() {
            len += 1;
        }
        if self.max_batch_size != 0 {
            len += 1;
        }
        if !self.server_version.is_empty() {
            len += 1;
        }
        if !self.warnings.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.SubscriptionStarted", len)?;
        if !self.subscription_id.is_empty() {
            struct_ser.serialize_field("subscriptionId", &self.subscription_id)?;
        }
        if !self.start_cursor.is_empty() {
            struct_ser.serialize_field("startCursor", &self.start_cursor)?;
        }
        if !self.head_cursor.is_empty() {
            struct_ser.serialize_field("headCursor", &self.head_cursor)?;
        }
        if !self.oldest_cursor.is_empty() {
            struct_ser.serialize_field("oldestCursor", &self.oldest_cursor)?;
        }
        if !self.canonical_filter.is_empty() {
            struct_ser.serialize_field("canonicalFilter", &self.canonical_filter)?;
        }
        if let Some(v) = self.heartbeat_interval.as_ref() {
            struct_ser.serialize_field("heartbeatInterval", v)?;
        }
        if self.max_batch_size != 0 {
            struct_ser.serialize_field("maxBatchSize", &self.max_batch_size)?;
        }
        if !self.server_version.is_empty() {
            struct_ser.serialize_field("serverVersion", &self.server_version)?;
        }
        if !self.warnings.is_empty() {
            struct_ser.serialize_field("warnings", &self.warnings)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for SubscriptionStarted {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "subscription_id",
            "subscriptionId",
            "start_cursor",
            "startCursor",
            "head_cursor",
            "headCursor",
            "oldest_cursor",
            "oldestCursor",
            "canonical_filter",
            "canonicalFilter",
            "heartbeat_interval",
            "heartbeatInterval",
            "max_batch_size",
            "maxBatchSize",
            "server_version",
            "serverVersion",
            "warnings",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            SubscriptionId,
            StartCursor,
            HeadCursor,
            OldestCursor,
            CanonicalFilter,
            HeartbeatInterval,
            MaxBatchSize,
            ServerVersion,
            Warnings,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "subscriptionId" | "subscription_id" => Ok(GeneratedField::SubscriptionId),
                            "startCursor" | "start_cursor" => Ok(GeneratedField::StartCursor),
                            "headCursor" | "head_cursor" => Ok(GeneratedField::HeadCursor),
                            "oldestCursor" | "oldest_cursor" => Ok(GeneratedField::OldestCursor),
                            "canonicalFilter" | "canonical_filter" => Ok(GeneratedField::CanonicalFilter),
                            "heartbeatInterval" | "heartbeat_interval" => Ok(GeneratedField::HeartbeatInterval),
                            "maxBatchSize" | "max_batch_size" => Ok(GeneratedField::MaxBatchSize),
                            "serverVersion" | "server_version" => Ok(GeneratedField::ServerVersion),
                            "warnings" => Ok(GeneratedField::Warnings),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = SubscriptionStarted;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.SubscriptionStarted")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<SubscriptionStarted, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut subscription_id__ = None;
                let mut start_cursor__ = None;
                let mut head_cursor__ = None;
                let mut oldest_cursor__ = None;
                let mut canonical_filter__ = None;
                let mut heartbeat_interval__ = None;
                let mut max_batch_size__ = None;
                let mut server_version__ = None;
                let mut warnings__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::SubscriptionId => {
                            if subscription_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("subscriptionId"));
                            }
                            subscription_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::StartCursor => {
                            if start_cursor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("startCursor"));
                            }
                            start_cursor__ = Some(map_.next_value()?);
                        }
                        GeneratedField::HeadCursor => {
                            if head_cursor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("headCursor"));
                            }
                            head_cursor__ = Some(map_.next_value()?);
                        }
                        GeneratedField::OldestCursor => {
                            if oldest_cursor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("oldestCursor"));
                            }
                            oldest_cursor__ = Some(map_.next_value()?);
                        }
                        GeneratedField::CanonicalFilter => {
                            if canonical_filter__.is_some() {
                                return Err(serde::de::Error::duplicate_field("canonicalFilter"));
                            }
                            canonical_filter__ = Some(map_.next_value()?);
                        }
                        GeneratedField::HeartbeatInterval => {
                            if heartbeat_interval__.is_some() {
                                return Err(serde::de::Error::duplicate_field("heartbeatInterval"));
                            }
                            heartbeat_interval__ = map_.next_value()?;
                        }
                        GeneratedField::MaxBatchSize => {
                            if max_batch_size__.is_some() {
                                return Err(serde::de::Error::duplicate_field("maxBatchSize"));
                            }
                            max_batch_size__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::ServerVersion => {
                            if server_version__.is_some() {
                                return Err(serde::de::Error::duplicate_field("serverVersion"));
                            }
                            server_version__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Warnings => {
                            if warnings__.is_some() {
                                return Err(serde::de::Error::duplicate_field("warnings"));
                            }
                            warnings__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(SubscriptionStarted {
                    subscription_id: subscription_id__.unwrap_or_default(),
                    start_cursor: start_cursor__.unwrap_or_default(),
                    head_cursor: head_cursor__.unwrap_or_default(),
                    oldest_cursor: oldest_cursor__.unwrap_or_default(),
                    canonical_filter: canonical_filter__.unwrap_or_default(),
                    heartbeat_interval: heartbeat_interval__,
                    max_batch_size: max_batch_size__.unwrap_or_default(),
                    server_version: server_version__.unwrap_or_default(),
                    warnings: warnings__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.SubscriptionStarted", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for TopicSummary {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.topic.is_empty() {
            len += 1;
        }
        if !self.description.is_empty() {
            len += 1;
        }
        if self.event_count != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.TopicSummary", len)?;
        if !self.topic.is_empty() {
            struct_ser.serialize_field("topic", &self.topic)?;
        }
        if !self.description.is_empty() {
            struct_ser.serialize_field("description", &self.description)?;
        }
        if self.event_count != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("eventCount", ToString::to_string(&self.event_count).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for TopicSummary {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "topic",
            "description",
            "event_count",
            "eventCount",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Topic,
            Description,
            EventCount,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "topic" => Ok(GeneratedField::Topic),
                            "description" => Ok(GeneratedField::Description),
                            "eventCount" | "event_count" => Ok(GeneratedField::EventCount),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = TopicSummary;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.TopicSummary")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<TopicSummary, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut topic__ = None;
                let mut description__ = None;
                let mut event_count__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Topic => {
                            if topic__.is_some() {
                                return Err(serde::de::Error::duplicate_field("topic"));
                            }
                            topic__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Description => {
                            if description__.is_some() {
                                return Err(serde::de::Error::duplicate_field("description"));
                            }
                            description__ = Some(map_.next_value()?);
                        }
                        GeneratedField::EventCount => {
                            if event_count__.is_some() {
                                return Err(serde::de::Error::duplicate_field("eventCount"));
                            }
                            event_count__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(TopicSummary {
                    topic: topic__.unwrap_or_default(),
                    description: description__.unwrap_or_default(),
                    event_count: event_count__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.TopicSummary", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for UpdateSubscriptionRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.subscription_id.is_empty() {
            len += 1;
        }
        if self.filter.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.UpdateSubscriptionRequest", len)?;
        if !self.subscription_id.is_empty() {
            struct_ser.serialize_field("subscriptionId", &self.subscription_id)?;
        }
        if let Some(v) = self.filter.as_ref() {
            struct_ser.serialize_field("filter", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for UpdateSubscriptionRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "subscription_id",
            "subscriptionId",
            "filter",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            SubscriptionId,
            Filter,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "subscriptionId" | "subscription_id" => Ok(GeneratedField::SubscriptionId),
                            "filter" => Ok(GeneratedField::Filter),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = UpdateSubscriptionRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.UpdateSubscriptionRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<UpdateSubscriptionRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut subscription_id__ = None;
                let mut filter__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::SubscriptionId => {
                            if subscription_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("subscriptionId"));
                            }
                            subscription_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Filter => {
                            if filter__.is_some() {
                                return Err(serde::de::Error::duplicate_field("filter"));
                            }
                            filter__ = map_.next_value()?;
                        }
                    }
                }
                Ok(UpdateSubscriptionRequest {
                    subscription_id: subscription_id__.unwrap_or_default(),
                    filter: filter__,
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.UpdateSubscriptionRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for UpdateSubscriptionResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.generation != 0 {
            len += 1;
        }
        if !self.canonical_filter.is_empty() {
            len += 1;
        }
        if !self.warnings.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.UpdateSubscriptionResponse", len)?;
        if self.generation != 0 {
            struct_ser.serialize_field("generation", &self.generation)?;
        }
        if !self.canonical_filter.is_empty() {
            struct_ser.serialize_field("canonicalFilter", &self.canonical_filter)?;
        }
        if !self.warnings.is_empty() {
            struct_ser.serialize_field("warnings", &self.warnings)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for UpdateSubscriptionResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "generation",
            "canonical_filter",
            "canonicalFilter",
            "warnings",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Generation,
            CanonicalFilter,
            Warnings,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "generation" => Ok(GeneratedField::Generation),
                            "canonicalFilter" | "canonical_filter" => Ok(GeneratedField::CanonicalFilter),
                            "warnings" => Ok(GeneratedField::Warnings),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = UpdateSubscriptionResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.UpdateSubscriptionResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<UpdateSubscriptionResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut generation__ = None;
                let mut canonical_filter__ = None;
                let mut warnings__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Generation => {
                            if generation__.is_some() {
                                return Err(serde::de::Error::duplicate_field("generation"));
                            }
                            generation__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::CanonicalFilter => {
                            if canonical_filter__.is_some() {
                                return Err(serde::de::Error::duplicate_field("canonicalFilter"));
                            }
                            canonical_filter__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Warnings => {
                            if warnings__.is_some() {
                                return Err(serde::de::Error::duplicate_field("warnings"));
                            }
                            warnings__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(UpdateSubscriptionResponse {
                    generation: generation__.unwrap_or_default(),
                    canonical_filter: canonical_filter__.unwrap_or_default(),
                    warnings: warnings__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.UpdateSubscriptionResponse", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for WithdrawArticleRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.article_id.is_empty() {
            len += 1;
        }
        if !self.reason.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.WithdrawArticleRequest", len)?;
        if !self.article_id.is_empty() {
            struct_ser.serialize_field("articleId", &self.article_id)?;
        }
        if !self.reason.is_empty() {
            struct_ser.serialize_field("reason", &self.reason)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for WithdrawArticleRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "article_id",
            "articleId",
            "reason",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            ArticleId,
            Reason,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "articleId" | "article_id" => Ok(GeneratedField::ArticleId),
                            "reason" => Ok(GeneratedField::Reason),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = WithdrawArticleRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.WithdrawArticleRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<WithdrawArticleRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut article_id__ = None;
                let mut reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::ArticleId => {
                            if article_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("articleId"));
                            }
                            article_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(WithdrawArticleRequest {
                    article_id: article_id__.unwrap_or_default(),
                    reason: reason__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.WithdrawArticleRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for WithdrawArticleResponse {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.corrected != 0 {
            len += 1;
        }
        if self.retracted != 0 {
            len += 1;
        }
        if !self.cursor.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("dateline.v1.WithdrawArticleResponse", len)?;
        if self.corrected != 0 {
            struct_ser.serialize_field("corrected", &self.corrected)?;
        }
        if self.retracted != 0 {
            struct_ser.serialize_field("retracted", &self.retracted)?;
        }
        if !self.cursor.is_empty() {
            struct_ser.serialize_field("cursor", &self.cursor)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for WithdrawArticleResponse {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "corrected",
            "retracted",
            "cursor",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Corrected,
            Retracted,
            Cursor,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "corrected" => Ok(GeneratedField::Corrected),
                            "retracted" => Ok(GeneratedField::Retracted),
                            "cursor" => Ok(GeneratedField::Cursor),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = WithdrawArticleResponse;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct dateline.v1.WithdrawArticleResponse")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<WithdrawArticleResponse, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut corrected__ = None;
                let mut retracted__ = None;
                let mut cursor__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Corrected => {
                            if corrected__.is_some() {
                                return Err(serde::de::Error::duplicate_field("corrected"));
                            }
                            corrected__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Retracted => {
                            if retracted__.is_some() {
                                return Err(serde::de::Error::duplicate_field("retracted"));
                            }
                            retracted__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Cursor => {
                            if cursor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cursor"));
                            }
                            cursor__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(WithdrawArticleResponse {
                    corrected: corrected__.unwrap_or_default(),
                    retracted: retracted__.unwrap_or_default(),
                    cursor: cursor__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("dateline.v1.WithdrawArticleResponse", FIELDS, GeneratedVisitor)
    }
}
