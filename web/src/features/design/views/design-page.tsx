import type { ReactNode } from 'react';

import { PageBody, PageHeader } from '@/shared/ui/page';

import { ActionSamples } from '../components/action-samples';
import { FormSamples } from '../components/form-samples';
import { ListSamples } from '../components/list-samples';
import { OverlaySamples } from '../components/overlay-samples';
import { ShowingSamples } from '../components/showing-samples';
import { TokenSamples } from '../components/token-samples';

/** Every primitive in its states, to be looked at in both themes and at both widths. */
export function DesignPage(): ReactNode {
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-8 sm:px-6">
      <PageBody>
        <PageHeader
          title="Design system"
          text="Every primitive in its states. Әр қазақ әрпі көрінуі керек: ә ғ қ ң ө ұ ү һ і, Ә Ғ Қ Ң Ө Ұ Ү Һ І."
        />
        <TokenSamples />
        <ActionSamples />
        <FormSamples />
        <ShowingSamples />
        <ListSamples />
        <OverlaySamples />
      </PageBody>
    </div>
  );
}
